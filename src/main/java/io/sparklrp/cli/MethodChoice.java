package io.sparklrp.cli;

import io.sparklrp.error.UserException;
import io.sparklrp.method.Method;
import io.sparklrp.method.MethodOptions;
import io.sparklrp.method.Methods;
import io.sparklrp.spark.settings.ExplainSettings;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which method; the help of each command that asks lists them all. */
final class MethodChoice {
  private static final int NAMES = 24;
  private static final int DESCRIPTIONS = 56;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = ExplainSettings.METHOD,
      description = "One of those below. Default: ${DEFAULT-VALUE}.")
  private String method;

  @Option(
      names = "--ledger",
      paramLabel = "by-layer|by-cause",
      description =
          "by-cause books too what nodes of each kind absorb in each layer: ledger.by_cause.")
  private String ledger;

  @Option(
      names = "--bias",
      paramLabel = "by-layer|per-token|to-tokens",
      description =
          "per-token tells too what additive constants add in each token's row: tokens.bias. to-tokens makes it a"
              + " part of the token's relevance.")
  private String bias;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Points that integrated-gradients reads. Default: 32.")
  private Integer steps;

  @Option(
      names = "--baseline",
      paramLabel = "zero|pad",
      description =
          "pad: integrated-gradients begin at the padding token's embedding, not at zeros.")
  private String baseline;

  @Option(
      names = "--flow",
      paramLabel = "summed|normalised",
      description = "normalised: attention-flow divides what flows from each token by its sum.")
  private String flow;

  @Option(
      names = "--gamma",
      paramLabel = "G",
      description = "lrp, lrp-stay: what speaks for an output counts so much more (LRP-gamma).")
  private Float gamma;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description = "lrp, lrp-stay: linear layers absorb what is small beside it (LRP-epsilon).")
  private Float epsilon;

  @Option(
      names = "--stay",
      paramLabel = "P|P-P",
      description =
          "lrp-stay: the part of attention's relevance that stays with the tokens attended to, or from the first"
              + " layer's to the last's. Default: 0.5.")
  private String stay;

  @Option(
      names = "--stay-query",
      paramLabel = "P",
      description =
          "lrp-stay: the part of what stays that is not with the tokens attended to, but with the one that attends; try 0.5"
              + " for decoders. Default: 0.")
  private Float stayQuery;

  @Option(names = "--seed", paramLabel = "N", description = "Of random. Default: 0.")
  private Long seed;

  /** Puts the list below the options of the command that this is mixed into. */
  @Spec(Spec.Target.MIXEE)
  void describe(CommandSpec command) {
    Help.TextTable table =
        Help.TextTable.forColumns(
            Help.defaultColorScheme(Help.Ansi.OFF),
            new Help.Column(NAMES, 2, Help.Column.Overflow.WRAP),
            new Help.Column(DESCRIPTIONS, 1, Help.Column.Overflow.WRAP));
    Methods.all().forEach(known -> table.addRowValues(known.id(), known.description()));
    command.usageMessage().footerHeading("%nMethods:%n").footer(table.toString().split("\\R"));
  }

  /** Its name, as it was given. */
  String id() {
    return method;
  }

  /**
   * The method.
   *
   * @throws UserException if there is none of that name
   */
  Method method() {
    return options().method(method);
  }

  /**
   * Checks it before anything else is looked at.
   *
   * @throws UserException if there is none of that name, or it has no such option
   */
  void check() {
    method();
  }

  /** What is said of it beside its name. */
  MethodOptions options() {
    return MethodOptions.NONE
        .with("steps", steps)
        .with("baseline", baseline)
        .with("flow", flow)
        .with("seed", seed)
        .with("stay", stay)
        .with("stay-query", stayQuery)
        .with("gamma", gamma)
        .with("epsilon", epsilon)
        .with("ledger", ledger)
        .with("bias", bias);
  }
}
