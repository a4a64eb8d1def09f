package io.sparklrp.explain.input;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.explain.TargetResolver;
import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.model.ModelCard;
import io.sparklrp.model.Target;
import java.util.Optional;

/**
 * What encoding and running records takes.
 *
 * @param runner runs them
 * @param loaded the model's tokenizer; empty where it reads no texts
 * @param card what is known of the model
 * @param target what is asked
 * @param resolver says what that means for a record
 */
public record StageContext(
    EngineRunner runner,
    Optional<TextTokenizer> loaded,
    ModelCard card,
    Target target,
    TargetResolver resolver) {
  /** The model's tokenizer. */
  TextTokenizer tokenizer() {
    return loaded.orElseThrow(
        () -> new IllegalStateException("A model of pictures has no tokenizer."));
  }
}
