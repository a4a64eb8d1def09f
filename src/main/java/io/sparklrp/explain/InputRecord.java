package io.sparklrp.explain;

import io.sparklrp.image.PictureSource;
import io.sparklrp.model.OwnTarget;
import io.sparklrp.record.RecordKey;
import java.util.List;

/** A record to be explained. */
public sealed interface InputRecord {
  /** What the record itself says of its target. */
  OwnTarget own();

  /** The same record, which says something of its target. */
  InputRecord with(OwnTarget target);

  /** Bytes that it takes, for bounding a buffer. */
  long bytes();

  /** Tells it from records that say something else. */
  long key();

  /** A text. */
  record Text(String text, OwnTarget own) implements InputRecord {
    /** A text that says nothing of its target. */
    public Text(String text) {
      this(text, OwnTarget.NONE);
    }

    @Override
    public InputRecord with(OwnTarget target) {
      return new Text(text, target);
    }

    @Override
    public long bytes() {
      return (long) Character.BYTES * text.length();
    }

    @Override
    public long key() {
      return RecordKey.ofTexts(List.of(text));
    }
  }

  /** Two texts. */
  record Pair(String text, String second, OwnTarget own) implements InputRecord {
    /** Texts that say nothing of their target. */
    public Pair(String text, String second) {
      this(text, second, OwnTarget.NONE);
    }

    @Override
    public InputRecord with(OwnTarget target) {
      return new Pair(text, second, target);
    }

    @Override
    public long bytes() {
      return (long) Character.BYTES * (text.length() + second.length());
    }

    @Override
    public long key() {
      return RecordKey.ofTexts(List.of(text, second));
    }
  }

  /** A picture. */
  record Picture(PictureSource source, OwnTarget own) implements InputRecord {
    /** A picture that says nothing of its target. */
    public Picture(PictureSource source) {
      this(source, OwnTarget.NONE);
    }

    @Override
    public InputRecord with(OwnTarget target) {
      return new Picture(source, target);
    }

    @Override
    public long bytes() {
      return source.bytes();
    }

    @Override
    public long key() {
      return RecordKey.ofBytes(source.stored());
    }
  }
}
