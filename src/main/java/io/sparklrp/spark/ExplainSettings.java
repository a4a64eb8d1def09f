package io.sparklrp.spark;

import io.sparklrp.compile.ModelOptions;
import io.sparklrp.image.ImageDecoder;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of {@code explain}.
 *
 * @param model a checkpoint's directory on any Hadoop path, or {@code demo}
 * @param input what is read
 * @param output what is written
 * @param textColumn the column to explain
 * @param pairColumn the column of second texts; null for none
 * @param imageColumn the column of pictures, for models of images
 * @param idColumn the column that messages name records by; null for none
 * @param method the method's name
 * @param targets which outputs are explained, as they are written
 * @param at the value of an ONNX file that is explained; null for its word embeddings
 * @param modelOutput the output of an ONNX file that is explained; null for its logits
 * @param pooling how one vector is made of all tokens, where the model does not say; null for none
 * @param maxLength most tokens of a record; null for all that the model takes
 * @param stride tokens that consecutive windows of a longer text share; null where it is cut
 * @param maxPixels most pixels of a picture
 * @param batchTokens most tokens of a batch, padding included
 * @param onError what becomes of records that cannot be explained
 * @param maxErrorRate largest share of such records; null for any
 * @param dryRun whether only to say what would be done
 */
public record ExplainSettings(
    String model,
    InputSettings input,
    OutputSettings output,
    String textColumn,
    String pairColumn,
    String imageColumn,
    String idColumn,
    String method,
    List<String> targets,
    String at,
    String modelOutput,
    String pooling,
    Integer maxLength,
    Integer stride,
    long maxPixels,
    int batchTokens,
    OnError onError,
    Double maxErrorRate,
    boolean dryRun)
    implements Serializable {
  /** Most pixels of a picture, unless another number is given. */
  public static final long USUAL_PIXELS = ImageDecoder.USUAL_PIXELS;

  /** The highest number that can be given. */
  public static final long MOST_PIXELS = ImageDecoder.MOST_PIXELS;

  /** What was asked for, by the options' names, for the provenance. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("text-column", textColumn);
    parameters.put("target", String.join(" ", targets));
    parameters.put("batch-tokens", Integer.toString(batchTokens));
    parameters.put("precision", "float32");
    if (pairColumn != null) {
      parameters.put("text-pair-column", pairColumn);
    }
    putGiven(parameters, "at", at);
    putGiven(parameters, "model-output", modelOutput);
    putGiven(parameters, "pooling", pooling);
    if (maxLength != null) {
      parameters.put("max-length", Integer.toString(maxLength));
    }
    if (stride != null) {
      parameters.put("stride", Integer.toString(stride));
    }
    if (maxPixels != USUAL_PIXELS) {
      parameters.put("max-pixels", Long.toString(maxPixels));
    }
    return parameters;
  }

  private static void putGiven(Map<String, String> parameters, String name, String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }

  /** What is said of the model beside its files. */
  ModelOptions modelOptions() {
    return ModelOptions.of(pooling, at, modelOutput);
  }
}
