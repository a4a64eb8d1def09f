package io.sparklrp.compile;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.Batching.Sharing;
import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.onnx.OnnxWriter;
import io.sparklrp.oracle.GoldenFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Small ONNX classifiers that read their batch in different ways: word embeddings, one operation
 * that is tried, and a linear layer.
 */
enum BatchSibling {
  /** Padding is masked out of everything. */
  MASKED_MEAN(Sharing.PADDED) {
    @Override
    Value pooled(Parts parts) {
      return parts.maskedMean(parts.words());
    }
  },
  /** Attention whose padded keys are masked, read at the first token. */
  MASKED_ATTENTION(Sharing.PADDED) {
    @Override
    Value pooled(Parts parts) {
      return parts.first(parts.attention(parts.words(), true, null));
    }
  },
  /** Counted from the front, from a table. */
  POSITIONS(Sharing.PADDED) {
    @Override
    Value pooled(Parts parts) {
      return parts.maskedMean(parts.withPositions(parts.range()));
    }
  },
  /** The last token that is not padding. */
  LAST_REAL_TOKEN(Sharing.PADDED) {
    @Override
    Value pooled(Parts parts) {
      Ops ops = parts.ops;
      Value at = ops.sub("at", ops.reduceSum("count", parts.mask(), true, 1), ops.integer(1));
      Value rows = ops.oneHot("rows", at, ops.dimension("length", parts.words(), 1));
      return ops.reduceSum("last", ops.matMul("picked", rows, parts.words()), false, 1);
    }
  },
  NO_MASK_MEAN(Sharing.ONE_LENGTH) {
    @Override
    Value pooled(Parts parts) {
      return parts.ops.reduceMean("mean", parts.words(), false, 1);
    }
  },
  NO_MASK_ATTENTION(Sharing.ONE_LENGTH) {
    @Override
    Value pooled(Parts parts) {
      return parts.first(parts.attention(parts.words(), false, null));
    }
  },
  /** The mask is read, but not by the mean. */
  MASK_FORGOTTEN(Sharing.ONE_LENGTH) {
    @Override
    Value pooled(Parts parts) {
      Value attended = parts.attention(parts.words(), true, null);
      return parts.ops.reduceMean("mean", attended, false, 1);
    }
  },
  /** The last token of the batch. */
  LAST_TOKEN(Sharing.ONE_LENGTH) {
    @Override
    Value pooled(Parts parts) {
      Ops ops = parts.ops;
      Value end = ops.longs(Long.MAX_VALUE);
      Value last = ops.slice("last", parts.withMask(parts.words()), 1, ops.longs(-1), end);
      return ops.reduceSum("row", last, false, 1);
    }
  },
  /** Scores that grow with the logarithm of the length, as some decoders have them. */
  LOG_LENGTH_SCALE(Sharing.ONE_LENGTH) {
    @Override
    Value pooled(Parts parts) {
      Value scale = parts.ops.unary("log", "Log", parts.width());
      return parts.first(parts.attention(parts.words(), true, scale));
    }
  },
  /** Another factor above a length that no record of the check has. */
  THRESHOLD(Sharing.ONE_LENGTH) {
    @Override
    Value pooled(Parts parts) {
      Ops ops = parts.ops;
      Value isLong = ops.binary("is_long", "Greater", parts.width(), ops.scalar(70));
      Value factor = ops.where("factor", isLong, ops.scalar(3), ops.scalar(1));
      return ops.mul("scaled", parts.maskedMean(parts.words()), factor);
    }
  },
  /** The same by the highest position, as rotary factors of two lengths are chosen. */
  HIGHEST_POSITION(Sharing.ONE_LENGTH) {
    @Override
    Value pooled(Parts parts) {
      Ops ops = parts.ops;
      Value highest =
          ops.op("highest", "ReduceMax", Map.of("keepdims", Attribute.of(0L)), parts.range());
      Value isLong = ops.binary("is_long", "Greater", highest, ops.integer(70));
      Value factor = ops.where("factor", isLong, ops.scalar(3), ops.scalar(1));
      return ops.mul("scaled", parts.maskedMean(parts.words()), factor);
    }
  },
  /** The highest of the positions that are fed, of all records. */
  HIGHEST_FED_POSITION(Sharing.ONE_LENGTH) {
    @Override
    Value pooled(Parts parts) {
      Ops ops = parts.ops;
      Value fed = parts.input("position_ids");
      Value highest = ops.op("highest", "ReduceMax", Map.of("keepdims", Attribute.of(0L)), fed);
      Value factor = ops.add("factor", ops.cast("float", highest, DataType.FLOAT32), ops.scalar(1));
      return ops.mul("scaled", parts.maskedMean(parts.words()), factor);
    }
  },
  /** The number of real tokens of the longest record. */
  LONGEST_RECORD(Sharing.ONE_LENGTH) {
    @Override
    Value pooled(Parts parts) {
      Ops ops = parts.ops;
      Value counts = ops.reduceSum("counts", parts.floatMask(), false, 1);
      Value longest = ops.op("longest", "ReduceMax", Map.of("keepdims", Attribute.of(0L)), counts);
      Value isLong = ops.binary("is_long", "Greater", longest, ops.scalar(70));
      Value factor = ops.where("factor", isLong, ops.scalar(3), ops.scalar(1));
      return ops.mul("scaled", parts.maskedMean(parts.words()), factor);
    }
  },
  /** Positions counted from the end of the batch. */
  FROM_THE_END(Sharing.ONE_LENGTH) {
    @Override
    Value pooled(Parts parts) {
      Ops ops = parts.ops;
      Value last = ops.sub("last", parts.widthAsInteger(), ops.integer(1));
      return parts.maskedMean(parts.withPositions(ops.sub("back", last, parts.range())));
    }
  },
  /** What the batch's mean is is taken off every record. */
  BATCH_STATISTICS(null) {
    @Override
    Value pooled(Parts parts) {
      Value mean = parts.maskedMean(parts.words());
      Value ofBatch = parts.ops.reduceMean("of_batch", mean, true, 0);
      return parts.ops.sub("centred", mean, ofBatch);
    }
  },
  /** Every record gets the first one's. */
  FIRST_RECORD(null) {
    @Override
    Value pooled(Parts parts) {
      Ops ops = parts.ops;
      Value mean = parts.maskedMean(parts.words());
      Value first = ops.slice("first", mean, 0, ops.longs(0), ops.longs(1));
      return ops.add("with_first", mean, first);
    }
  },
  /** The share of a record in the batch. */
  SHARE_OF_BATCH(null) {
    @Override
    Value pooled(Parts parts) {
      Ops ops = parts.ops;
      Value mean = parts.maskedMean(parts.words());
      Value records = ops.cast("records", ops.dimension("count", mean, 0), DataType.FLOAT32);
      return ops.div("shared", mean, records);
    }
  },
  /** A size of one record that the exporter wrote down as a constant. */
  WRITTEN_FOR_ONE_RECORD(null) {
    @Override
    Value pooled(Parts parts) {
      Ops ops = parts.ops;
      Value all = ops.reshape("all", parts.withMask(parts.words()), 1, -1, Parts.HIDDEN);
      Value mean = ops.reduceMean("mean", all, false, 1);
      return ops.add("twice", mean, parts.maskedMean(parts.words()));
    }
  },
  ONE_RECORD_A_BATCH(Sharing.ONE_RECORD, Batching.FREE, 1) {
    @Override
    Value pooled(Parts parts) {
      return parts.ops.reduceMean("mean", parts.words(), false, 1);
    }
  },
  THREE_RECORDS_A_BATCH(Sharing.PADDED, Batching.FREE, 3) {
    @Override
    Value pooled(Parts parts) {
      return parts.first(parts.attention(parts.words(), true, null));
    }
  },
  FIXED_LENGTH(Sharing.PADDED, 16, Batching.FREE) {
    @Override
    Value pooled(Parts parts) {
      return parts.first(parts.attention(parts.words(), true, null));
    }
  },
  FIXED_LENGTH_NO_MASK(Sharing.ONE_LENGTH, 16, Batching.FREE) {
    @Override
    Value pooled(Parts parts) {
      return parts.ops.reduceMean("mean", parts.words(), false, 1);
    }
  },
  ALL_FIXED(Sharing.ONE_RECORD, 16, 1) {
    @Override
    Value pooled(Parts parts) {
      return parts.maskedMean(parts.words());
    }
  };

  static final int WORDS = 900;

  private final Sharing sharing;
  private final int length;
  private final int records;

  BatchSibling(Sharing sharing) {
    this(sharing, Batching.FREE, Batching.FREE);
  }

  BatchSibling(Sharing sharing, int length, int records) {
    this.sharing = sharing;
    this.length = length;
    this.records = records;
  }

  /** How its records must be batched; empty where it must be refused. */
  Optional<Sharing> sharing() {
    return Optional.ofNullable(sharing);
  }

  /** Tokens of every batch, or {@link Batching#FREE}. */
  int length() {
    return length;
  }

  /** What stands between the words and the linear layer, [batch, hidden]. */
  abstract Value pooled(Parts parts);

  /** Writes the model, and a tokenizer beside it. */
  Path write(Path directory) throws IOException {
    Parts parts = new Parts(this);
    Value pooled = pooled(parts);
    return parts.write(pooled, parts.table("weights", Parts.HIDDEN, Parts.CLASSES), directory);
  }

  /** What the models are made of. */
  static final class Parts {
    static final int HIDDEN = 4;
    static final int CLASSES = 3;
    private static final int LONGEST = 512;

    final GraphBuilder builder = new GraphBuilder("sibling");
    final Ops ops = new Ops(builder, "body", "");
    private final Random random = new Random(7);
    private final BatchSibling sibling;
    private Value words;

    Parts(BatchSibling sibling) {
      this.sibling = sibling;
    }

    /** Writes the model whose last layer has some weights, and a tokenizer beside it. */
    Path write(Value pooled, Value weights, Path directory) throws IOException {
      Value result = new Ops(builder, "head", "").matMul("scores", pooled, weights);
      Path file = directory.resolve("model.onnx");
      Files.write(file, OnnxWriter.toBytes(builder.build(List.of(result))));
      Files.copy(
          GoldenFixture.of("bert-seqcls").directory().resolve("tokenizer.json"),
          directory.resolve("tokenizer.json"));
      return file;
    }

    Value input(String name) {
      if (builder.has(name)) {
        return builder.value(name);
      }
      Dim batch = sibling.records == 0 ? Dim.symbol("batch") : Dim.of(sibling.records);
      Dim tokens = sibling.length == 0 ? Dim.symbol("sequence") : Dim.of(sibling.length);
      return builder.input(name, DataType.INT64, Shape.of(batch, tokens));
    }

    Value table(String name, int rows, int columns) {
      float[] numbers = new float[rows * columns];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) random.nextGaussian();
      }
      return builder.initializer(name, Tensor.floats(new long[] {rows, columns}, numbers));
    }

    Value words() {
      if (words == null) {
        words = ops.gather("words", table("table", WORDS, HIDDEN), input("input_ids"), 0);
      }
      return words;
    }

    Value mask() {
      return input("attention_mask");
    }

    Value floatMask() {
      return builder.has("body.float_mask")
          ? builder.value("body.float_mask")
          : ops.cast("float_mask", mask(), DataType.FLOAT32);
    }

    Value withMask(Value rows) {
      return ops.mul("real", rows, ops.unsqueeze("mask_column", floatMask(), 2));
    }

    Value maskedMean(Value rows) {
      Value sum = ops.reduceSum("sum", withMask(rows), false, 1);
      return ops.div("masked_mean", sum, ops.reduceSum("real_count", floatMask(), true, 1));
    }

    Value first(Value rows) {
      Value one = ops.slice("first_row", rows, 1, ops.longs(0), ops.longs(1));
      return ops.reduceSum("first_token", one, false, 1);
    }

    Value widthAsInteger() {
      return ops.dimension("width", input("input_ids"), 1);
    }

    Value width() {
      return ops.cast("float_width", widthAsInteger(), DataType.FLOAT32);
    }

    /** 0, 1, 2, ... for the tokens of the batch. */
    Value range() {
      Value zero = builder.initializer("zero", Tensor.longs(new long[0], 0));
      Value one = builder.initializer("one", Tensor.longs(new long[0], 1));
      Value size = ops.op("size", "Squeeze", Map.of(), widthAsInteger(), ops.longs(0));
      return ops.op("range", "Range", Map.of(), zero, size, one);
    }

    Value withPositions(Value positions) {
      Value rows = ops.gather("positions", table("places", LONGEST, HIDDEN), positions, 0);
      return ops.add("placed", words(), rows);
    }

    Value attention(Value rows, boolean isMasked, Value scale) {
      Value keys = ops.transpose("keys", rows, List.of(0L, 2L, 1L));
      Value scores = ops.matMul("products", rows, keys);
      if (scale != null) {
        scores = ops.mul("scaled_products", scores, scale);
      }
      if (isMasked) {
        Value padding = ops.sub("padding", ops.scalar(1), ops.unsqueeze("by_key", floatMask(), 1));
        scores = ops.add("masked", scores, ops.mul("minus", padding, ops.scalar(-1e30f)));
      }
      return ops.matMul("attended", ops.softmax("weights", scores), rows);
    }
  }
}
