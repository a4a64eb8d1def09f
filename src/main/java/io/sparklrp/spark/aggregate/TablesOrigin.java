package io.sparklrp.spark.aggregate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.Manifest;
import io.sparklrp.spark.output.OutputDirectory;
import io.sparklrp.spark.output.Recipe;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * What tables of a corpus were made of: {@code _spark_lrp/tables.json} beside them.
 *
 * @param layout which columns the tables have: that of the release that wrote them
 * @param input the output of {@code explain}
 * @param runs the runs that wrote it
 * @param rows its explained rows
 * @param by the records' own columns that were told apart
 * @param against the output that it was compared with; null for none
 * @param made how the output was made; null where it does not say
 * @param otherMade how the one was that it was compared with; null likewise
 * @param least records that a word had to stand in, to be compared
 */
public record TablesOrigin(
    int layout,
    String input,
    List<String> runs,
    long rows,
    List<String> by,
    String against,
    Made made,
    Made otherMade,
    long least) {
  /** The columns of this release's tables; files before the first that said so have 0. */
  static final int LAYOUT = 1;

  private static final String FILE = Manifest.DIRECTORY + "/tables.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Copies. */
  public TablesOrigin {
    runs = List.copyOf(runs);
    by = by == null ? List.of() : List.copyOf(by);
  }

  /**
   * How an output was made.
   *
   * @param model its name
   * @param method its id
   * @param targets what was explained
   */
  public record Made(String model, String method, List<String> targets) {
    /** Copies. */
    public Made {
      targets = List.copyOf(targets);
    }

    /** That of an output; null where it does not say. */
    static Made of(ExplainedOutput output) {
      return output
          .provenance()
          .map(run -> new Made(run.model(), run.method(), Recipe.of(run).targets()))
          .orElse(null);
    }
  }

  /** The runs that wrote an output, in order. */
  public static List<String> runs(ExplainedOutput output) {
    return output
        .rows()
        .selectExpr(output.schema().sql("run_id") + " as run")
        .where("run is not null")
        .distinct()
        .orderBy("run")
        .collectAsList()
        .stream()
        .map((Row row) -> row.getString(0))
        .toList();
  }

  /** Writes it. */
  void write(OutputDirectory directory) {
    try {
      directory.write(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write where tables come from as JSON.", e);
    }
  }

  /**
   * That of a directory of tables.
   *
   * @throws UserException if there is none, or another release wrote them
   */
  public static TablesOrigin in(OutputDirectory directory) {
    Optional<String> text = directory.text(FILE);
    try {
      if (text.isPresent()) {
        return checked(JSON.readValue(text.get(), TablesOrigin.class), directory);
      }
    } catch (JsonProcessingException e) {
      throw unknown(directory, "its " + FILE + " is not what aggregate writes", e);
    }
    throw unknown(directory, "it has no " + FILE, null);
  }

  private static TablesOrigin checked(TablesOrigin origin, OutputDirectory directory) {
    if (origin.layout() != LAYOUT) {
      throw new UserException(
          String.format(
              "Cannot read tables in %s: another release wrote them (layout %d, this one reads %d). Run aggregate on %s"
                  + " again.",
              directory.location(), origin.layout(), LAYOUT, origin.input()));
    }
    return origin;
  }

  private static UserException unknown(OutputDirectory directory, String reason, Exception cause) {
    return new UserException(
        String.format(
            "Cannot read tables in %s: %s. Give the directory that aggregate wrote as --aggregates.",
            directory.location(), reason),
        cause);
  }
}
