package io.depthcast.jobs.report;

import static io.depthcast.jobs.page.HtmlTable.Column.number;
import static io.depthcast.jobs.page.HtmlTable.Column.text;
import static io.depthcast.jobs.page.HtmlTable.escape;

import io.depthcast.jobs.page.HtmlTable;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.report.ReportData.NumberGroup;
import io.depthcast.jobs.report.ReportData.Receipt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where each group of numbers comes from. */
final class ReceiptSection {
  private ReceiptSection() {}

  static String html(List<Receipt> receipts) {
    if (receipts.isEmpty()) {
      return ReportPage.missing("No receipts: ops.runs has no run for this lake.");
    }
    HtmlTable table =
        new HtmlTable(
            "Runs that wrote the numbers of this page. From ops.runs and ops.trials; depthcast verify <run id> repeats a run.",
            List.of(
                text("Numbers"),
                text("Job"),
                text("Run"),
                text("Tables read"),
                text("Code"),
                text("Configuration"),
                number("Seed"),
                number("Trials")));
    List<NumberGroup> anchored = new ArrayList<>();
    for (Receipt receipt :
        receipts.stream().sorted(Comparator.comparing(Receipt::group)).toList()) {
      NumberGroup group = receipt.group();
      String anchor = anchored.contains(group) ? "" : " id=\"receipt-" + id(group) + "\"";
      anchored.add(group);
      table.htmlRow(
          List.of(
              "<a%s href=\"#%s\">%s</a>".formatted(anchor, id(group), escape(group.title())),
              escape(receipt.job()),
              code(receipt.runId()),
              receipt.inputs().stream()
                  .map(ReceiptSection::code)
                  .collect(Collectors.joining("<br>")),
              code(receipt.origin().codeVersion()),
              code(receipt.origin().configHash()),
              receipt.origin().seed().isPresent()
                  ? Long.toString(receipt.origin().seed().getAsLong())
                  : Numbers.MISSING,
              Numbers.count(receipt.trials())));
    }
    return table.html();
  }

  /** A line under a section that leads to the receipts of its numbers. */
  static String link(NumberGroup group, List<Receipt> receipts) {
    List<Receipt> own = receipts.stream().filter(receipt -> receipt.group() == group).toList();
    if (own.isEmpty()) {
      return "<p class=\"receipt-link\">Receipt: none, these numbers cannot be traced.</p>\n";
    }
    return "<p class=\"receipt-link\">Receipt: <a href=\"#receipt-%s\">%s</a></p>\n"
        .formatted(
            id(group),
            own.stream()
                .map(receipt -> escape(receipt.job() + " run " + receipt.runId()))
                .collect(Collectors.joining(", ")));
  }

  /** HTML id of the section that shows a group. */
  static String id(NumberGroup group) {
    return group.name().toLowerCase(Locale.ROOT);
  }

  private static String code(String text) {
    return "<code>" + escape(text) + "</code>";
  }
}
