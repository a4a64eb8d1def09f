package io.sparklrp.spark.verify;

import io.sparklrp.error.UserException;
import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.model.PreparedModel;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.Recipe;
import io.sparklrp.spark.output.WrittenRun;
import io.sparklrp.spark.output.WrittenRuns;
import io.sparklrp.spark.settings.VerifySettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Plans a look at an output: finds its runs, and opens their models where rows are made again. */
final class VerifyPlanner {
  private final SparkSession session;
  private final VerifySettings settings;

  VerifyPlanner(SparkSession session, VerifySettings settings) {
    this.session = session;
    this.settings = settings;
  }

  VerifyPlan plan() {
    ExplainedOutput output = ExplainedOutput.open(session, settings.input());
    JobDescription.say(session.sparkContext(), "Spark LRP: find the runs of an output");
    List<WrittenRun> runs = WrittenRuns.of(output);
    List<VerifyPlan.Part> parts = new ArrayList<>();
    try {
      byRecipe(runs).forEach((recipe, its) -> parts.add(part(output, recipe.orElse(null), its)));
    } catch (RuntimeException e) {
      new VerifyPlan(output, runs, parts).close();
      throw e;
    }
    return new VerifyPlan(output, runs, parts);
  }

  private static Map<Optional<Recipe>, List<WrittenRun>> byRecipe(List<WrittenRun> runs) {
    Map<Optional<Recipe>, List<WrittenRun>> found = new LinkedHashMap<>();
    for (WrittenRun run : runs) {
      Optional<Recipe> recipe = Optional.ofNullable(run.provenance()).map(Recipe::of);
      found.computeIfAbsent(recipe, key -> new ArrayList<>()).add(run);
    }
    return found;
  }

  private VerifyPlan.Part part(ExplainedOutput output, Recipe recipe, List<WrittenRun> runs) {
    VerifyPlan.Part byItself = new VerifyPlan.Part(recipe, runs, null);
    if (settings.sample() == 0 || byItself.explained() == 0) {
      return byItself;
    }
    checkKnown(output, recipe, runs.get(0));
    PreparedModel model =
        new RecipeModel(session, output, settings.models())
            .open(recipe, runs.get(0).provenance().model());
    try {
      checkColumns(output, model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return new VerifyPlan.Part(recipe, runs, model);
  }

  private static void checkKnown(ExplainedOutput output, Recipe recipe, WrittenRun run) {
    if (recipe == null) {
      throw new UserException(
          String.format(
              "Cannot make rows of %s again: neither its files nor a manifest say how run %s made them."
                  + " Give --sample 0 to check what they say by themselves.",
              output.name(), run.id()));
    }
    if (!recipe.isKnown()) {
      throw new UserException(
          String.format(
              "Cannot make rows of %s again: run %s made them with --precision %s, which this version does not have."
                  + " Give --sample 0 to check what they say by themselves.",
              output.name(), run.id(), recipe.precision()));
    }
  }

  private static void checkColumns(ExplainedOutput output, PreparedModel model) {
    Stream<String> read = model.columns().stream().map(InputColumn::name);
    List<String> missing =
        Stream.concat(read, Stream.ofNullable(model.targetColumn()))
            .filter(column -> !output.has(column))
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          String.format(
              "Cannot make rows of %s again: it lacks the columns that they were made of: %s."
                  + " Give --sample 0 to check what they say by themselves.",
              output.name(), String.join(", ", missing)));
    }
  }
}
