package io.sparklrp.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What is logged under the settings of {@code conf/log4j2.properties}, until it is closed. */
final class CapturedLog extends AbstractAppender implements AutoCloseable {
  private final LoggerConfig root =
      ((LoggerContext) LogManager.getContext(false)).getConfiguration().getRootLogger();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  CapturedLog() {
    super("captured", null, null, true, Property.EMPTY_ARRAY);
    start();
    root.addAppender(this, null, null);
  }

  @Override
  public void append(LogEvent event) {
    lines.add(
        event.getLoggerName()
            + ": "
            + event.getMessage().getFormattedMessage()
            + (event.getThrown() == null ? "" : " " + event.getThrown()));
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    root.removeAppender(getName());
    stop();
  }
}
