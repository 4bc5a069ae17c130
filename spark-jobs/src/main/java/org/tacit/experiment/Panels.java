package org.tacit.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;

/** Charts of {@link Charts} side by side, with one legend for all below them. */
final class Panels {
  private static final int BESIDE_WIDTH = 420;
  private static final int BESIDE_HEIGHT = 380;
  private static final int LEGEND_LINE = 26;
  private static final int SAMPLE = 40;
  private static final int GAP = 10;
  private static final int APART = 28;
  private static final int FOOT = 8;

  private final List<XYChart> charts;
  private final String note;
  private final int width;
  private final int height;
  private final List<List<XYSeries>> legend;

  private Panels(List<XYChart> charts, String note) {
    this.charts = charts;
    this.note = note;
    boolean isOne = charts.size() == 1;
    this.width = isOne ? charts.get(0).getWidth() : BESIDE_WIDTH * charts.size();
    this.height = isOne ? charts.get(0).getHeight() : BESIDE_HEIGHT;
    this.legend = rows();
  }

  /**
   * A picture of them.
   *
   * @param note below the legend; may be empty
   */
  static Picture of(String name, List<XYChart> charts, String note) {
    Panels panels = new Panels(List.copyOf(charts), note);
    int below = LEGEND_LINE * (panels.legend.size() + (note.isEmpty() ? 0 : 1)) + FOOT;
    return new Picture(name, panels.width, panels.height + below, panels::draw);
  }

  static Picture of(String name, XYChart chart) {
    return of(name, List.of(chart), "");
  }

  private void draw(Graphics2D graphics) {
    int each = width / charts.size();
    Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    for (XYChart chart : charts) {
      chart.paint(nowhere, each, height);
      Axes axes = new Axes(chart);
      axes.draw(graphics);
      axes.drawCurves(graphics);
      withoutCurves(chart, () -> chart.paint(graphics, each, height));
      graphics.translate(each, 0);
    }
    nowhere.dispose();
    graphics.translate(-each * charts.size(), 0);
    graphics.setFont(Charts.TEXT);
    int y = height + LEGEND_LINE / 2;
    for (List<XYSeries> row : legend) {
      double x = (width - row.stream().mapToDouble(Panels::space).sum() + APART) / 2;
      for (XYSeries series : row) {
        draw(graphics, series, x, y);
        x += space(series);
      }
      y += LEGEND_LINE;
    }
    graphics.setColor(Color.BLACK);
    graphics.drawString(note, (int) (width - widthOf(note)) / 2, y + GAP / 2);
  }

  /** XChart strokes each segment by itself, which starts its dashes anew at every point. */
  private static void withoutCurves(XYChart chart, Runnable painting) {
    Map<XYSeries, BasicStroke> strokes = new LinkedHashMap<>();
    for (XYSeries series : chart.getSeriesMap().values()) {
      strokes.put(series, series.getLineStyle());
      series.setLineStyle(SeriesLines.NONE);
    }
    painting.run();
    strokes.forEach(XYSeries::setLineStyle);
  }

  /** What the legend names, in as many lines as it takes. */
  private List<List<XYSeries>> rows() {
    Map<String, XYSeries> named = new LinkedHashMap<>();
    charts.stream()
        .flatMap(chart -> chart.getSeriesMap().values().stream())
        .filter(XYSeries::isShowInLegend)
        .forEach(series -> named.putIfAbsent(series.getName(), series));
    List<List<XYSeries>> rows = new ArrayList<>();
    double left = 0;
    for (XYSeries series : named.values()) {
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

  private static double space(XYSeries series) {
    return SAMPLE + GAP + widthOf(series.getName()) + APART;
  }

  private static double widthOf(String text) {
    return Axes.bounds(text).getWidth();
  }

  private static void draw(Graphics2D graphics, XYSeries series, double x, double y) {
    boolean isLine = series.getXYSeriesRenderStyle() != XYSeries.XYSeriesRenderStyle.Scatter;
    if (isLine) {
      graphics.setColor(series.getLineColor());
      graphics.setStroke(series.getLineStyle());
      graphics.draw(new Line2D.Double(x, y, x + SAMPLE, y));
    }
    graphics.setColor(series.getMarkerColor());
    series.getMarker().paint(graphics, x + SAMPLE / 2.0, y, 8);
    graphics.setColor(Color.BLACK);
    graphics.drawString(series.getName(), (float) (x + SAMPLE + GAP), (float) y + 5.5f);
  }
}
