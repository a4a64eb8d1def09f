package io.sparklrp.spark.settings;

import io.sparklrp.method.MethodOptions;
import io.sparklrp.model.Numerics;
import java.io.Serializable;
import java.util.List;

/**
 * One run of {@code explain}.
 *
 * @param model which model
 * @param input what is read
 * @param columns the columns that a record is read from
 * @param method the method's name
 * @param options what is said of the method beside
 * @param targets which outputs are explained, as they are written
 * @param limits how large records and batches may be
 * @param precision in which numbers is computed
 * @param gates what becomes of records that cannot be explained
 * @param output what is written
 * @param resume whether to go on with an output that is there: what it holds is not done again
 * @param dryRun whether only to say what would be done
 */
public record ExplainSettings(
    ModelSettings model,
    InputSettings input,
    RecordColumns columns,
    String method,
    MethodOptions options,
    List<String> targets,
    Limits limits,
    PrecisionSettings precision,
    GateSettings gates,
    OutputSettings output,
    boolean resume,
    boolean dryRun)
    implements Serializable {
  /** The method, unless another is given. */
  public static final String METHOD = "lrp-stay";

  /** What is explained, unless another is given: what the model says. */
  public static final String TARGET = "predicted";

  /** Copies. What goes on with an output is appended to it. */
  public ExplainSettings {
    targets = List.copyOf(targets);
    output = resume ? output.in("append") : output;
  }

  /** The usual settings of a run, to be changed. */
  public static Builder builder(ModelSettings model, InputSettings input, OutputSettings output) {
    return new Builder(model, input, output);
  }

  /** What is asked, wherever records come from and results go. */
  public ExplainRequest request() {
    return new ExplainRequest(
        model,
        columns,
        method,
        options,
        targets,
        limits,
        Numerics.of(precision.precision()),
        precision.maxDeviation());
  }

  /** The same, added to the output that is there. */
  public ExplainSettings appending() {
    return new ExplainSettings(
        model,
        input,
        columns,
        method,
        options,
        targets,
        limits,
        precision,
        gates,
        output.in("append"),
        resume,
        dryRun);
  }

  /** Collects settings. */
  public static final class Builder {
    private final ModelSettings model;
    private final InputSettings input;
    private final OutputSettings output;
    private RecordColumns columns = RecordColumns.builder().build();
    private String method = METHOD;
    private MethodOptions options = MethodOptions.NONE;
    private List<String> targets = List.of();
    private Limits limits = Limits.builder().build();
    private PrecisionSettings precision = PrecisionSettings.USUAL;
    private GateSettings gates = GateSettings.builder().build();
    private boolean resume;
    private boolean dryRun;

    private Builder(ModelSettings model, InputSettings input, OutputSettings output) {
      this.model = model;
      this.input = input;
      this.output = output;
    }

    /** The columns that a record is read from. */
    public Builder columns(RecordColumns read) {
      this.columns = read;
      return this;
    }

    /** The method's name. */
    public Builder method(String name) {
      this.method = name;
      return this;
    }

    /** What is said of the method beside its name. */
    public Builder options(MethodOptions ofMethod) {
      this.options = ofMethod;
      return this;
    }

    /** Which outputs are explained, as they are written; none for the usual one. */
    public Builder targets(List<String> written) {
      this.targets = written;
      return this;
    }

    /** How large records and batches may be. */
    public Builder limits(Limits most) {
      this.limits = most;
      return this;
    }

    /** In which numbers is computed. */
    public Builder precision(PrecisionSettings numbers) {
      this.precision = numbers;
      return this;
    }

    /** What becomes of records that cannot be explained. */
    public Builder gates(GateSettings settings) {
      this.gates = settings;
      return this;
    }

    /** Whether to go on with an output that is there. */
    public Builder resume(boolean isResumed) {
      this.resume = isResumed;
      return this;
    }

    /** Whether only to say what would be done. */
    public Builder dryRun(boolean isDry) {
      this.dryRun = isDry;
      return this;
    }

    /** The settings. */
    public ExplainSettings build() {
      List<String> asked = targets.isEmpty() ? List.of(TARGET) : targets;
      return new ExplainSettings(
          model, input, columns, method, options, asked, limits, precision, gates, output, resume,
          dryRun);
    }
  }
}
