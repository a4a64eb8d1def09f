package io.sparklrp.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a process's memory. */
enum ProcessStatus {
  /** Resident memory by now. */
  RESIDENT("VmRSS:"),
  /** The most resident memory there was. */
  PEAK("VmHWM:");

  private final String field;

  ProcessStatus(String field) {
    this.field = field;
  }

  /** KiB of this process; 0 where the system does not say. */
  long kib() throws IOException {
    return kib("self");
  }

  /**
   * KiB of a process; 0 where the system does not say.
   *
   * @param process its number
   */
  long kib(String process) throws IOException {
    Path status = Path.of("/proc", process, "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
        .findFirst()
        .orElse(0);
  }
}
