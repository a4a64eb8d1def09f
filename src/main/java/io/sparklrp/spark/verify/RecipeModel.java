package io.sparklrp.spark.verify;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.model.PreparedModel;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Finds the model that rows were made with: where it was, or where a user says it is now. */
final class RecipeModel {
  private final SparkSession session;
  private final ExplainedOutput output;
  private final List<String> given;

  RecipeModel(SparkSession session, ExplainedOutput output, List<String> given) {
    this.session = session;
    this.output = output;
    this.given = List.copyOf(given);
  }

  /**
   * Opens it; to be closed.
   *
   * @param before where it was; null where nothing says so
   * @throws UserException if there is none of its content hash
   */
  PreparedModel open(Recipe recipe, String before) {
    List<String> others = new ArrayList<>();
    for (String location : given.isEmpty() ? Stream.ofNullable(before).toList() : given) {
      PreparedModel opened = opened(recipe, location);
      if (opened.modelId().equals(recipe.modelId())) {
        return opened;
      }
      others.add(location + " has " + opened.modelId());
      opened.close();
    }
    throw others.isEmpty() ? notSaid() : other(recipe, others);
  }

  private PreparedModel opened(Recipe recipe, String location) {
    try {
      return PreparedModel.of(recipe.request(location), session);
    } catch (UserException e) {
      if (!given.isEmpty()) {
        throw e;
      }
      throw new UserException(
          String.format(
              "Cannot make rows of %s again with its model %s. %s Give --model where it is now, or --sample 0.",
              output.name(), location, e.getMessage()));
    }
  }

  private UserException notSaid() {
    return new UserException(
        String.format(
            "Cannot make rows of %s again: it does not say where its model was. Give --model, or --sample 0.",
            output.name()));
  }

  private UserException other(Recipe recipe, List<String> others) {
    return new UserException(
        String.format(
            "Cannot make rows of %s again: they were made with the model of content hash %s, and %s."
                + " Give --model the one that made them, or --sample 0.",
            output.name(), recipe.modelId(), String.join(", ", others)));
  }
}
