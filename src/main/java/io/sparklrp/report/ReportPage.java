package io.sparklrp.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * A report as one page of HTML: nothing is fetched, nothing runs, and all that is not the page's
 * own is escaped where it stands.
 */
public final class ReportPage {
  /** Where the build puts what it makes of the templates. */
  private static final String TEMPLATES = "io.sparklrp.report.page";

  private ReportPage() {}

  /** The page. */
  public static String of(Report report) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ReportPage.class.getClassLoader()); // which templates are found by
    try {
      StringOutput page = new StringOutput();
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, TEMPLATES)
          .render("report.jte", report, page);
      return page.toString();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
