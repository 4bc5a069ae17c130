package org.tacit.experiment;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Charts side by side, with one legend for all below them. */
record Panels(List<Chart> charts, String note, int width, int height) {
  private static final int LEGEND_LINE = 26;
  private static final int SAMPLE = 40;
  private static final int GAP = 10;
  private static final int APART = 28;
  private static final int FOOT = 8;

  /**
   * A picture of them.
   *
   * @param note below the legend; may be empty
   */
  static Picture of(String name, List<Chart> charts, String note) {
    Panels panels =
        charts.size() == 1
            ? new Panels(charts, note, 800, 480)
            : new Panels(charts, note, 420 * charts.size(), 380);
    int lines = panels.legend().size() + (note.isEmpty() ? 0 : 1);
    int height = panels.height + LEGEND_LINE * lines + FOOT;
    return new Picture(name, panels.width, height, panels::draw);
  }

  static Picture of(String name, Chart chart) {
    return of(name, List.of(chart), "");
  }

  private void draw(Graphics2D graphics) {
    int each = width / charts.size();
    for (Chart chart : charts) {
      chart.draw(graphics, each, height);
      graphics.translate(each, 0);
    }
    graphics.translate(-each * charts.size(), 0);
    graphics.setFont(Chart.TEXT);
    int y = height + LEGEND_LINE / 2;
    for (List<Chart.Series> row : legend()) {
      double x = (width - row.stream().mapToDouble(Panels::space).sum() + APART) / 2;
      for (Chart.Series series : row) {
        draw(graphics, series, x, y);
        x += space(series);
      }
      y += LEGEND_LINE;
    }
    graphics.setColor(Color.BLACK);
    graphics.drawString(note, (int) (width - Chart.widthOf(note)) / 2, y + GAP / 2);
  }

  /** What the legend names, in as many lines as it takes. */
  private List<List<Chart.Series>> legend() {
    Map<String, Chart.Series> named = new LinkedHashMap<>();
    charts.stream()
        .flatMap(chart -> chart.series().stream())
        .filter(series -> !series.name().isEmpty())
        .forEach(series -> named.putIfAbsent(series.name(), series));
    List<List<Chart.Series>> rows = new ArrayList<>();
    double left = 0;
    for (Chart.Series series : named.values()) {
      double space = space(series);
      if (rows.isEmpty() || left < space) {
        rows.add(new ArrayList<>());
        left = width;
      }
      rows.get(rows.size() - 1).add(series);
      left -= space;
    }
    return rows;
  }

  private static double space(Chart.Series series) {
    return SAMPLE + GAP + Chart.widthOf(series.name()) + APART;
  }

  private static void draw(Graphics2D graphics, Chart.Series series, double x, double y) {
    series.style().curve(graphics, new Line2D.Double(x, y, x + SAMPLE, y));
    series.style().point(graphics, x + SAMPLE / 2.0, y);
    graphics.setColor(Color.BLACK);
    graphics.drawString(series.name(), (float) (x + SAMPLE + GAP), (float) y + 5.5f);
  }
}
