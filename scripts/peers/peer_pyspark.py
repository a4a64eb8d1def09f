"""The explanation that a Python user would write on Spark: PySpark's mapInPandas and PyTorch, the rules of `lrp` by detaching
factors (as LXT does), batches of like length up to a budget of tokens, one thread a worker.

  peer_pyspark.py MODEL_DIR INPUT.tsv OUTPUT.parquet [threads=2] [limit] [max_length=128]

Prints records/s and tokens/s of the job; Spark's start and a first small run of every worker are left out. Nothing is computed
that is not needed: no gradients of weights or of attention weights, no tape for queries and keys, and LayerNorm and GELU are
one operation each.
"""
import csv
import os
import sys
import time

model, src, out = sys.argv[1:4]
threads = int(sys.argv[4]) if len(sys.argv) > 4 else 2
limit = int(sys.argv[5]) if len(sys.argv) > 5 else 10**9
longest = int(sys.argv[6]) if len(sys.argv) > 6 else 128
os.environ.update(PYSPARK_PYTHON=sys.executable, OMP_NUM_THREADS="1", TOKENIZERS_PARALLELISM="false")

import pandas as pd
from pyspark.sql import SparkSession

BATCH_TOKENS = 1024  # 5 to 10 % faster than 2048, as in our own engine
STATE = {}


def load():
    if STATE:
        return STATE["model"], STATE["tokenizer"]
    import torch

    torch.set_num_threads(1)
    import transformers.models.bert.modeling_bert as bert
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    def attention(module, q, k, v, mask, scaling=None, dropout=0.0, **more):
        with torch.no_grad():
            scores = torch.matmul(q * (q.size(-1) ** -0.5 if scaling is None else scaling), k.transpose(2, 3))
            p = torch.softmax(scores if mask is None else scores.add_(mask), -1)
        return torch.matmul(p, v).transpose(1, 2).contiguous(), p

    class Norm(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, weight, bias, eps):
            y, _, factor = torch.native_layer_norm(x, weight.shape, weight, bias, eps)
            ctx.save_for_backward(weight, factor)
            return y

        @staticmethod
        def backward(ctx, gradient):
            weight, factor = ctx.saved_tensors
            g = gradient * weight
            return g.sub_(g.mean(-1, keepdim=True)).mul_(factor), None, None, None

    class LayerNorm(torch.nn.Module):
        def __init__(self, norm):
            super().__init__()
            self.norm = norm

        def forward(self, x):
            return Norm.apply(x, self.norm.weight, self.norm.bias, self.norm.eps)

    class Gelu(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            share = torch.erf(x * 0.7071067811865475).add_(1).mul_(0.5)
            ctx.save_for_backward(share)
            return x * share

        @staticmethod
        def backward(ctx, gradient):
            return gradient * ctx.saved_tensors[0]

    class Activation(torch.nn.Module):
        def forward(self, x):
            return Gelu.apply(x)

    class WithoutTape(torch.nn.Module):
        def __init__(self, linear):
            super().__init__()
            self.linear = linear

        def forward(self, x):
            with torch.no_grad():
                return self.linear(x)

    def replace(module):
        for name, child in module.named_children():
            if isinstance(child, torch.nn.LayerNorm):
                setattr(module, name, LayerNorm(child))
            else:
                replace(child)

    bert.eager_attention_forward = attention
    loaded = AutoModelForSequenceClassification.from_pretrained(model, attn_implementation="eager").eval()
    loaded.requires_grad_(False)
    replace(loaded)
    for layer in loaded.bert.encoder.layer:
        layer.intermediate.intermediate_act_fn = Activation()
        attending = layer.attention.self
        attending.query, attending.key = WithoutTape(attending.query), WithoutTape(attending.key)
    STATE.update(model=loaded, tokenizer=AutoTokenizer.from_pretrained(model))
    return STATE["model"], STATE["tokenizer"]


def batches_of(lengths):
    """Indices by length, up to the budget, padding counted."""
    order, batch = sorted(range(len(lengths)), key=lengths.__getitem__), []
    for i in order:
        if batch and (len(batch) + 1) * lengths[i] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def explain(frames):
    import torch

    bert, tokenizer = load()
    for frame in frames:
        ids = tokenizer(frame["text"].tolist(), truncation=True, max_length=longest)["input_ids"]
        relevance, labels, scores = [None] * len(ids), [0] * len(ids), [0.0] * len(ids)
        for batch in batches_of([len(one) for one in ids]):
            width = len(ids[batch[-1]])
            x = torch.tensor([ids[i] + [tokenizer.pad_token_id] * (width - len(ids[i])) for i in batch])
            mask = torch.tensor([[1] * len(ids[i]) + [0] * (width - len(ids[i])) for i in batch])
            embedded = bert.bert.embeddings.word_embeddings(x).requires_grad_()
            logits = bert(inputs_embeds=embedded, attention_mask=mask).logits
            highest, label = logits.max(1)
            (gradient,) = torch.autograd.grad(highest.sum(), embedded)
            found = (gradient * embedded.detach()).sum(-1).numpy()
            for row, i in enumerate(batch):
                relevance[i], labels[i], scores[i] = found[row, : len(ids[i])], int(label[row]), float(highest[row])
        tokens = [tokenizer.convert_ids_to_tokens(one) for one in ids]
        yield pd.DataFrame(dict(id=frame["id"], label=labels, score=scores, tokens=tokens, relevance=relevance))


def main():
    with open(src, encoding="utf8") as lines:
        rows = [(r["id"], r["text"]) for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)][:limit]
    spark = (
        SparkSession.builder.master(f"local[{threads}]").config("spark.ui.enabled", "false")
        .config("spark.python.worker.reuse", "true").config("spark.sql.execution.arrow.maxRecordsPerBatch", "4096")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1").getOrCreate()  # its second compiler takes from both
    )
    spark.sparkContext.setLogLevel("ERROR")
    schema = "id string, label int, score double, tokens array<string>, relevance array<float>"
    table = spark.createDataFrame(pd.DataFrame(rows, columns=["id", "text"])).repartition(threads * 4)
    table.write.mode("overwrite").parquet(out + ".in")
    texts = spark.read.parquet(out + ".in")
    texts.limit(64).repartition(threads).mapInPandas(explain, schema).write.mode("overwrite").parquet(out + ".warm")
    started = time.perf_counter()
    texts.mapInPandas(explain, schema).write.mode("overwrite").parquet(out)
    seconds = time.perf_counter() - started
    found = spark.read.parquet(out).selectExpr("count(*) n", "sum(size(tokens)) t").first()
    print(
        f"pyspark+torch cp-lrp: {found.n} records {found.t} tokens in {seconds:.2f} s on {threads} threads:"
        f" {found.n / seconds:.0f} records/s {found.t / seconds:.0f} tokens/s"
    )


if __name__ == "__main__":
    main()
