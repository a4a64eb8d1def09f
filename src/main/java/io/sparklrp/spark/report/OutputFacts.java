package io.sparklrp.spark.report;

import io.sparklrp.method.Methods;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.Recipe;
import io.sparklrp.spark.output.StoredManifest;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.tally.OutputCounts;
import io.sparklrp.table.Provenance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an output and its manifest say of how it was made, for people. */
final class OutputFacts {
  /** Names of quantiles, as the counts give them. */
  private static final List<String> QUANTILES =
      List.of("median", "90th percentile", "99th percentile", "largest");

  private static final Pattern LIKENED = Pattern.compile("\\b[Aa]s ([a-z-]+),");

  private final ExplainedOutput output;
  private final Optional<Provenance> made;
  private final Optional<StoredManifest> manifest;

  OutputFacts(ExplainedOutput output) {
    this.output = output;
    this.made = output.provenance();
    this.manifest = output.manifest();
  }

  /** When and how it was made, in a line. */
  String subtitle() {
    String how =
        made.map(
                run ->
                    String.format(
                        "Model %s, method %s, spark-lrp %s",
                        run.model(), run.method(), run.softwareVersion()))
            .orElse("How it was made is not known");
    return manifest
            .map(StoredManifest::run)
            .map(run -> run.get("ended"))
            .map(at -> how + ", " + at)
            .orElse(how)
        + ".";
  }

  /** What each method does that its rows name, and those that it is likened to. */
  Map<String, String> methods() {
    Map<String, String> methods = new LinkedHashMap<>();
    Optional<String> next = made.map(Provenance::method);
    while (next.isPresent()) {
      String description = description(next.get());
      methods.put(next.get(), description);
      next = likened(description).filter(method -> !methods.containsKey(method));
    }
    return methods;
  }

  /** The method that another is described by. */
  private static Optional<String> likened(String description) {
    Matcher other = LIKENED.matcher(description);
    return other.find() ? Optional.of(other.group(1)) : Optional.empty();
  }

  private static String description(String method) {
    return isKnown(method) ? Methods.named(method).description() : "Not known to this version.";
  }

  private static boolean isKnown(String method) {
    return Methods.all().stream().anyMatch(known -> known.id().equals(method));
  }

  /** The command that makes it again, the input and the output left to be filled in. */
  String command() {
    return made.map(run -> ReproducingCommand.of(run, derived()))
        .orElse("not known; the output does not say");
  }

  private Map<String, String> derived() {
    return manifest.map(StoredManifest::derived).orElse(Map.of());
  }

  /** Whether ledgers leave nothing but rounding, as far as its columns know. */
  boolean addsUp() {
    return made.filter(run -> isKnown(run.method()))
        .map(run -> Recipe.of(run).closes())
        .orElse(false);
  }

  /** Whether all records were explained for what the model says, as far as its columns know. */
  boolean isOfPredictions() {
    return made.map(run -> Recipe.of(run).targets().equals(List.of(ExplainSettings.TARGET)))
        .orElse(false);
  }

  /**
   * Whether it is sound.
   *
   * @param mistakes how often the model is wrong; empty where nobody knows
   */
  SoundnessSection.Facts soundness(Optional<String> mistakes) {
    String last = manifest.map(StoredManifest::runId).orElse("");
    OutputCounts.Parts counted = OutputCounts.of(output.rows(), output.schema(), last);
    OutputCounts all = counted.ofRun().plus(counted.others());
    Map<String, Double> residuals = new LinkedHashMap<>();
    List<Double> found = counted.ofRun().residuals();
    for (int i = 0; i < found.size(); i++) {
      residuals.put(QUANTILES.get(i), found.get(i));
    }
    return new SoundnessSection.Facts(
        all.records(),
        all.errors().stream()
            .map(one -> new SoundnessSection.Failure(one.kind(), one.records(), one.example()))
            .toList(),
        all.truncated(),
        all.tokens(),
        residuals,
        manifest.map(StoredManifest::gates).orElse(List.of()),
        made(),
        manifest.map(StoredManifest::notes).orElse(List.of()),
        mistakes);
  }

  private Map<String, String> made() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("output", output.name());
    made.ifPresent(
        run -> {
          facts.put("model", run.model());
          facts.put("content hash of the model", run.modelId());
          facts.put("method", run.method());
          facts.put("targets", String.join(", ", Recipe.of(run).targets()));
          facts.put("run", run.runId());
          facts.put("version of spark-lrp", run.softwareVersion());
          facts.put(
              "options",
              run.parameters().entrySet().stream()
                  .map(one -> one.getKey() + " " + one.getValue())
                  .collect(Collectors.joining(", ")));
        });
    manifest.ifPresent(
        stored -> {
          facts.putAll(stored.run());
          stored.derived().forEach((name, sql) -> facts.put("column " + name, sql));
        });
    return facts;
  }
}
