package io.sparklrp.explain;

import io.sparklrp.image.PictureSource;
import io.sparklrp.model.OwnTarget;

/** A record to be explained. */
public sealed interface InputRecord {
  /** What the record itself says of its target. */
  OwnTarget own();

  /** The same record, which says something of its target. */
  InputRecord with(OwnTarget target);

  /** Bytes that it takes, for bounding a buffer. */
  long bytes();

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
  }
}
