"""Plain prediction, no explanation, as a Python user would run it on Spark: PySpark's mapInPandas and ONNX Runtime, batches of
like length up to a budget of tokens, one thread a worker.

  peer_predict.py MODEL_DIR INPUT.tsv OUTPUT.parquet [threads=2] [limit] [max_length=128] [--int8]

Prints records/s and tokens/s of the job; export, Spark's start and a first small run of every worker are left out. The model is
exported by torch.onnx beside OUTPUT; --int8 quantises it by onnxruntime.quantization.quantize_dynamic. Fusing it first by
onnxruntime.transformers was tried, and makes no difference: the session fuses as much.
"""
import csv
import os
import sys
import time

int8 = "--int8" in sys.argv
given = [argument for argument in sys.argv[1:] if argument != "--int8"]
model, src, out = given[:3]
threads = int(given[3]) if len(given) > 3 else 2
limit = int(given[4]) if len(given) > 4 else 10**9
longest = int(given[5]) if len(given) > 5 else 128
os.environ.update(PYSPARK_PYTHON=sys.executable, OMP_NUM_THREADS="1", TOKENIZERS_PARALLELISM="false")

import pandas as pd
from pyspark.sql import SparkSession

BATCH_TOKENS = 1024  # 5 to 10 % faster than 2048, as in our own engine
STATE = {}
onnx_file = out + ".onnx"


def export():
    import torch
    from transformers import AutoModelForSequenceClassification

    classifier = AutoModelForSequenceClassification.from_pretrained(model, attn_implementation="eager").eval()

    class Logits(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.classifier = classifier

        def forward(self, input_ids, attention_mask):
            return self.classifier(input_ids=input_ids, attention_mask=attention_mask).logits

    some = torch.ones((2, 8), dtype=torch.long)
    axes = {0: "batch", 1: "sequence"}
    torch.onnx.export(
        Logits(), (some, some), onnx_file, input_names=["input_ids", "attention_mask"], output_names=["logits"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "logits": {0: "batch"}}, opset_version=17, dynamo=False,
    )
    if int8:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(onnx_file, onnx_file, weight_type=QuantType.QInt8)


def load():
    if not STATE:
        import onnxruntime
        from transformers import AutoTokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False
        session = onnxruntime.InferenceSession(onnx_file, options, providers=["CPUExecutionProvider"])
        STATE.update(session=session, tokenizer=AutoTokenizer.from_pretrained(model))
    return STATE["session"], STATE["tokenizer"]


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


def predict(frames):
    import numpy as np

    session, tokenizer = load()
    for frame in frames:
        ids = tokenizer(frame["text"].tolist(), truncation=True, max_length=longest)["input_ids"]
        labels, scores = [0] * len(ids), [0.0] * len(ids)
        for batch in batches_of([len(one) for one in ids]):
            width = len(ids[batch[-1]])
            x = np.full((len(batch), width), tokenizer.pad_token_id, dtype=np.int64)
            mask = np.zeros((len(batch), width), dtype=np.int64)
            for row, i in enumerate(batch):
                x[row, : len(ids[i])] = ids[i]
                mask[row, : len(ids[i])] = 1
            logits = session.run(None, {"input_ids": x, "attention_mask": mask})[0]
            for row, i in enumerate(batch):
                labels[i], scores[i] = int(logits[row].argmax()), float(logits[row].max())
        yield pd.DataFrame(dict(id=frame["id"], label=labels, score=scores, tokens=[len(one) for one in ids]))


def main():
    export()
    with open(src, encoding="utf8") as lines:
        rows = [(r["id"], r["text"]) for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)][:limit]
    spark = (
        SparkSession.builder.master(f"local[{threads}]").config("spark.ui.enabled", "false")
        .config("spark.python.worker.reuse", "true").config("spark.sql.execution.arrow.maxRecordsPerBatch", "4096")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1").getOrCreate()  # its second compiler takes from both
    )
    spark.sparkContext.setLogLevel("ERROR")
    schema = "id string, label int, score double, tokens int"
    table = spark.createDataFrame(pd.DataFrame(rows, columns=["id", "text"])).repartition(threads * 4)
    table.write.mode("overwrite").parquet(out + ".in")
    texts = spark.read.parquet(out + ".in")
    texts.limit(64).repartition(threads).mapInPandas(predict, schema).write.mode("overwrite").parquet(out + ".warm")
    started = time.perf_counter()
    texts.mapInPandas(predict, schema).write.mode("overwrite").parquet(out)
    seconds = time.perf_counter() - started
    found = spark.read.parquet(out).selectExpr("count(*) n", "sum(tokens) t").first()
    print(
        f"pyspark+onnxruntime plain prediction{' int8' if int8 else ''}: {found.n} records {found.t} tokens in {seconds:.2f} s"
        f" on {threads} threads: {found.n / seconds:.0f} records/s {found.t / seconds:.0f} tokens/s"
    )


if __name__ == "__main__":
    main()
