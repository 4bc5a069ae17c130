package org.tacit.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;

/**
 * What is drawn below the marks of a chart that has been painted once: the grid, the labels ({@link
 * Ticks}), curves and intervals.
 */
final class Axes {
  private static final Color GRID = new Color(225, 225, 225);
  private static final FontRenderContext FONTS = new FontRenderContext(null, true, true);
  private static final double APART = 8;
  private static final double ASCENT = 12;
  private static final double CAP = 6;

  private final XYChart chart;
  private final XYStyler styler;
  private final double left;
  private final double right;
  private final double top;
  private final double bottom;

  Axes(XYChart chart) {
    this.chart = chart;
    this.styler = chart.getStyler();
    double margin = (1 / styler.getPlotContentSize() - 1) / 2;
    double from = chart.getScreenXFromChart(lo(true));
    double to = chart.getScreenXFromChart(hi(true));
    double down = chart.getScreenYFromChart(lo(false));
    double up = chart.getScreenYFromChart(hi(false));
    this.left = from - margin * (to - from);
    this.right = to + margin * (to - from);
    this.bottom = down + margin * (down - up);
    this.top = up - margin * (down - up);
  }

  static Rectangle2D bounds(String text) {
    return Charts.TEXT.getStringBounds(text, FONTS);
  }

  void draw(Graphics2D graphics) {
    graphics.setFont(Charts.TEXT);
    graphics.setStroke(new BasicStroke(1));
    Ticks x = across();
    for (int i = 0; i < x.values().size(); i++) {
      double at = chart.getScreenXFromChart(x.values().get(i));
      graphics.setColor(GRID);
      graphics.draw(new Line2D.Double(at, top, at, bottom));
      String label = x.labels().get(i);
      double wide = bounds(label).getWidth();
      double start = Math.min(at - wide / 2, chart.getWidth() - wide - 1);
      label(graphics, label, start, bottom + APART + ASCENT);
    }
    Ticks y = ticks(styler.isYAxisLogarithmic(), false);
    for (int i = 0; i < y.values().size(); i++) {
      double at = chart.getScreenYFromChart(y.values().get(i));
      graphics.setColor(GRID);
      graphics.draw(new Line2D.Double(left, at, right, at));
      String label = y.labels().get(i);
      double start = left - APART - bounds(label).getWidth();
      label(graphics, label, start, at + ASCENT / 2);
    }
  }

  /** Every curve in one stroke, and every interval from end to end. */
  void drawCurves(Graphics2D graphics) {
    Shape all = graphics.getClip();
    graphics.clip(new Rectangle2D.Double(left, top, right - left, bottom - top));
    for (XYSeries series : chart.getSeriesMap().values()) {
      if (series.getExtraValues() != null) {
        intervals(graphics, series);
      } else if (series.getXYSeriesRenderStyle() == XYSeries.XYSeriesRenderStyle.Line) {
        graphics.setColor(series.getLineColor());
        graphics.setStroke(series.getLineStyle());
        graphics.draw(path(series));
      }
    }
    graphics.setClip(all);
  }

  private Path2D path(XYSeries series) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < series.getXData().length; i++) {
      double x = chart.getScreenXFromChart(series.getXData()[i]);
      double y = chart.getScreenYFromChart(series.getYData()[i]);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    return path;
  }

  private void intervals(Graphics2D graphics, XYSeries series) {
    graphics.setColor(series.getMarkerColor());
    graphics.setStroke(new BasicStroke(2));
    for (int i = 0; i < series.getXData().length; i++) {
      double x = chart.getScreenXFromChart(series.getXData()[i]);
      double half = series.getExtraValues()[i];
      double up = chart.getScreenYFromChart(series.getYData()[i] + half);
      double down = chart.getScreenYFromChart(series.getYData()[i] - half);
      graphics.draw(new Line2D.Double(x, up, x, down));
      graphics.draw(new Line2D.Double(x - CAP, up, x + CAP, up));
      graphics.draw(new Line2D.Double(x - CAP, down, x + CAP, down));
    }
  }

  private static void label(Graphics2D graphics, String label, double x, double y) {
    graphics.setColor(Color.BLACK);
    graphics.drawString(label, (float) x, (float) y);
  }

  private Ticks across() {
    Function<Double, String> names = styler.getxAxisTickLabelsFormattingFunction();
    if (names == null) {
      return ticks(styler.isXAxisLogarithmic(), true);
    }
    List<Double> values =
        IntStream.rangeClosed((int) Math.ceil(lo(true)), (int) hi(true))
            .mapToObj(i -> (double) i)
            .toList();
    return new Ticks(values, values.stream().map(names).toList());
  }

  private Ticks ticks(boolean isLogarithmic, boolean isAcross) {
    double lo = lo(isAcross);
    double hi = hi(isAcross);
    return isLogarithmic ? Ticks.logarithmic(lo, hi) : Ticks.straight(lo, hi);
  }

  private double lo(boolean isAcross) {
    Double set = isAcross ? styler.getXAxisMin() : styler.getYAxisMin();
    return set != null ? set : data(isAcross).min().orElse(0);
  }

  private double hi(boolean isAcross) {
    Double set = isAcross ? styler.getXAxisMax() : styler.getYAxisMax();
    return set != null ? set : data(isAcross).max().orElse(1);
  }

  private DoubleStream data(boolean isAcross) {
    return chart.getSeriesMap().values().stream()
        .flatMapToDouble(series -> isAcross ? DoubleStream.of(series.getXData()) : heights(series));
  }

  private static DoubleStream heights(XYSeries series) {
    double[] ends = series.getExtraValues();
    double[] y = series.getYData();
    return ends == null
        ? DoubleStream.of(y)
        : IntStream.range(0, y.length)
            .boxed()
            .flatMapToDouble(i -> DoubleStream.of(y[i] - ends[i], y[i] + ends[i]));
  }
}
