package io.sparklrp.explain.input;

import io.sparklrp.error.RecordException;
import io.sparklrp.model.OutputNames;
import io.sparklrp.model.OwnTarget;
import io.sparklrp.model.Target;
import io.sparklrp.model.TokenId;
import java.util.OptionalInt;

/** The outputs that records name by themselves: labels, numbers, or tokens of the vocabulary. */
final class OwnOutputs {
  private final StageContext context;
  private final OutputNames names;

  OwnOutputs(StageContext context) {
    this.context = context;
    this.names = new OutputNames(context.card().labels());
  }

  /**
   * The output that a record names; {@link Target#NONE} where records name none.
   *
   * @throws RecordException if the model has none of that name, or several
   */
  int of(OwnTarget own) throws RecordException {
    if (!(context.target() instanceof Target.Column)) {
      return Target.NONE;
    }
    if (context.card().task().isLanguageModel()) {
      return token(own);
    }
    return own.type() == OwnTarget.Type.BOOLEAN
        ? names.ofRecord(Boolean.parseBoolean(own.text()))
        : names.ofRecord(own.text());
  }

  private int token(OwnTarget own) throws RecordException {
    boolean isNumber = own.type() == OwnTarget.Type.NUMBER;
    String written = isNumber ? TokenId.written(own.text()) : own.text();
    OptionalInt id = TokenId.of(written);
    return id.isPresent() ? id.getAsInt() : context.tokenizer().idOfOne(written);
  }
}
