package io.sparklrp.method;

import io.sparklrp.error.Nearest;
import io.sparklrp.error.UserException;
import io.sparklrp.relevance.RowShare;
import io.sparklrp.relevance.readout.AttentionGradients;
import io.sparklrp.relevance.readout.GradientNorm;
import io.sparklrp.relevance.readout.LastLayer;
import io.sparklrp.relevance.readout.Rollout;
import java.util.List;

/** All methods that can be chosen. */
public final class Methods {
  /** The plain gradient times the input. */
  public static final Gradient GRADIENT_X_INPUT =
      new Gradient(
          "gradient-x-input",
          "The plain gradient times the input.",
          AttentionTreatment.GRADIENT,
          NormalisationTreatment.GRADIENT,
          ActivationTreatment.GRADIENT,
          Conservation.NONE);

  /** Attention weights constant (Ali et al. 2022, "LRP (AH)"). */
  public static final Gradient LRP_AH =
      new Gradient(
          "lrp-ah",
          "Attention weights constant (Ali et al. 2022).",
          AttentionTreatment.CONSTANT,
          NormalisationTreatment.GRADIENT,
          ActivationTreatment.GRADIENT,
          Conservation.NONE);

  /** Normalising factors constant (Ali et al. 2022, "LRP (LN)"). */
  public static final Gradient LRP_LN =
      new Gradient(
          "lrp-ln",
          "Normalising factors constant (Ali et al. 2022).",
          AttentionTreatment.GRADIENT,
          NormalisationTreatment.CONSTANT,
          ActivationTreatment.GRADIENT,
          Conservation.NONE);

  /** Both (Ali et al. 2022, "LRP (AH+LN)"). */
  public static final Gradient LRP_AH_LN =
      new Gradient(
          "lrp-ah-ln",
          "Attention weights and normalising factors constant (Ali et al. 2022).",
          AttentionTreatment.CONSTANT,
          NormalisationTreatment.CONSTANT,
          ActivationTreatment.GRADIENT,
          Conservation.NONE);

  /** Both, and the identity rule at activations and gates: conservative. */
  public static final Gradient LRP =
      new Gradient(
          "lrp",
          "As lrp-ah-ln, and the identity rule at activations: conservative.",
          AttentionTreatment.CONSTANT,
          NormalisationTreatment.CONSTANT,
          ActivationTreatment.IDENTITY,
          Conservation.ALL);

  /**
   * As {@code lrp}, but half of each attention product stays with the token attended to (ours):
   * conservative.
   */
  public static final Gradient LRP_STAY =
      new Gradient(
          "lrp-stay",
          "As lrp, but half of each attention product stays with the token attended to: conservative.",
          AttentionTreatment.STAYING,
          NormalisationTreatment.CONSTANT,
          ActivationTreatment.IDENTITY,
          Conservation.ALL);

  /** AttnLRP (Achtibat et al. 2024). */
  public static final Gradient ATTNLRP =
      new Gradient(
          "attnlrp",
          "AttnLRP: products share their relevance (Achtibat et al. 2024).",
          AttentionTreatment.SHARED,
          NormalisationTreatment.CONSTANT,
          ActivationTreatment.SHARED,
          Conservation.ALL_BUT_SOFTMAX);

  /** RelP (Jafari et al. 2025). */
  public static final Gradient RELP =
      new Gradient(
          "relp",
          "RelP: as lrp, but attention by its plain gradient (Jafari et al. 2025).",
          AttentionTreatment.GRADIENT,
          NormalisationTreatment.CONSTANT,
          ActivationTreatment.RELP,
          Conservation.NONE);

  /** Gradient interaction modifications (Edin et al. 2025). */
  public static final Gradient GIM =
      new Gradient(
          "gim",
          "GIM: gradients shared at products, through a softmax at temperature 2 (Edin et al. 2025).",
          AttentionTreatment.TEMPERED,
          NormalisationTreatment.CONSTANT,
          ActivationTreatment.GATES_SHARED,
          Conservation.NONE);

  /** AttnLRP in which position takes part (Bakish et al. 2025), with its signs. */
  public static final Gradient PA_ATTNLRP =
      ATTNLRP
          .with(RowShare.POSITIONS)
          .named(
              "pa-attnlrp",
              "As attnlrp, and what arrives at a token's own position is the token's (Bakish et al. 2025).");

  /** The length of the gradient. */
  public static final TrueGradient SALIENCY =
      new TrueGradient("saliency", "The length of the plain gradient.", new GradientNorm(), false);

  /** Generic attention explainability (Chefer et al. 2021). */
  public static final TrueGradient GAE =
      new TrueGradient(
          "gae",
          "Attention weights times their gradients, through all layers (Chefer et al. 2021).",
          new AttentionGradients(),
          true);

  /** What the last layer looks at. */
  public static final Attention ATTENTION_LAST =
      new Attention(
          "attention-last", "Attention weights of the last layer, summed.", new LastLayer());

  /** Attention rollout (Abnar and Zuidema 2020). */
  public static final Attention ROLLOUT =
      new Attention(
          "rollout",
          "Attention weights multiplied through all layers (Abnar and Zuidema 2020).",
          new Rollout());

  /** Attention flow (Abnar and Zuidema 2020). */
  public static final AttentionFlow ATTENTION_FLOW =
      new AttentionFlow(
          "attention-flow",
          "The most that can flow through the attention weights of all layers (Abnar and Zuidema 2020).",
          false);

  /** Integrated gradients (Sundararajan et al. 2017). */
  public static final IntegratedGradients INTEGRATED_GRADIENTS =
      new IntegratedGradients(
          "integrated-gradients",
          "The plain gradient along the line from the zero vector, in 32 steps (Sundararajan et al. 2017).",
          32,
          false);

  /** What the score loses without each token. */
  public static final Occlusion OCCLUSION =
      new Occlusion("occlusion", "What the score loses where a token's embedding is replaced.");

  /** Numbers that say nothing. */
  public static final RandomNumbers RANDOM =
      new RandomNumbers("random", "Random numbers, which every method must be better than.", 0);

  private static final List<Method> ALL =
      List.of(
          GRADIENT_X_INPUT,
          LRP_AH,
          LRP_LN,
          LRP_AH_LN,
          LRP,
          LRP_STAY,
          ATTNLRP,
          RELP,
          GIM,
          PA_ATTNLRP,
          SALIENCY,
          GAE,
          ATTENTION_LAST,
          ROLLOUT,
          ATTENTION_FLOW,
          INTEGRATED_GRADIENTS,
          OCCLUSION,
          RANDOM);

  private Methods() {}

  /** All of them, in the order in which they are listed everywhere. */
  public static List<Method> all() {
    return ALL;
  }

  /**
   * The method of a name that users write.
   *
   * @throws UserException if there is none; it names all that there are
   */
  public static Method named(String id) {
    return ALL.stream()
        .filter(method -> method.id().equals(id))
        .findFirst()
        .orElseThrow(() -> unknown(id));
  }

  private static UserException unknown(String id) {
    int colon = id.indexOf(':');
    if (colon >= 0 && names().contains(id.substring(0, colon))) {
      return new UserException(
          String.format(
              "Cannot use method '%s': where one method is named, what is said of it is an option. Give %s, and --%s.",
              id,
              id.substring(0, colon),
              id.substring(colon + 1).replace("=", " ").replace(":", " --")));
    }
    return new UserException(
        String.format(
            "Cannot use method '%s': there is none of that name. Use %sone of: %s.",
            id,
            Nearest.to(id, names()).map(name -> name + ", or ").orElse(""),
            String.join(", ", names())));
  }

  private static List<String> names() {
    return ALL.stream().map(Method::id).toList();
  }
}
