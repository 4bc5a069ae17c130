package org.tacit.experiment;

import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of one look: white, legend inside, axes with names and units. */
final class Charts {
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  /** Okabe and Ito's colours, told apart by everybody; grey last. */
  private static final Color[] COLOURS = {
    new Color(0, 114, 178),
    new Color(213, 94, 0),
    new Color(0, 158, 115),
    new Color(204, 121, 167),
    new Color(230, 159, 0),
    new Color(86, 180, 233),
    new Color(110, 110, 110)
  };

  private Charts() {}

  static Color colour(int i) {
    return COLOURS[i % COLOURS.length];
  }

  /** A constant's name in words. */
  static String words(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A chart of straight axes. */
  static XYChart linear(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(500)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart
        .getStyler()
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBackgroundColor(Color.WHITE)
        .setSeriesColors(COLOURS)
        .setChartTitleFont(TITLE)
        .setLegendFont(TEXT)
        .setLegendBorderColor(Color.WHITE)
        .setLegendPosition(Styler.LegendPosition.InsideNW)
        .setPlotBorderVisible(false);
    chart
        .getStyler()
        .setAxisTitleFont(TEXT)
        .setAxisTickLabelsFont(TEXT)
        .setPlotGridLinesColor(new Color(225, 225, 225));
    return chart;
  }

  /** A chart of two logarithmic axes. */
  static XYChart logarithmic(String title, String x, String y) {
    XYChart chart = linear(title, x, y);
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    return chart;
  }

  /** A curve through the points, which need not be in order. */
  static <T> void line(
      XYChart chart, String name, List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
    chart
        .addSeries(
            name,
            points.stream().mapToDouble(x).toArray(),
            points.stream().mapToDouble(y).toArray())
        .setMarker(SeriesMarkers.NONE)
        .setLineWidth(2);
  }

  /** The points alone. */
  static <T> void points(
      XYChart chart, String name, List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
    chart
        .addSeries(
            name,
            points.stream().mapToDouble(x).toArray(),
            points.stream().mapToDouble(y).toArray())
        .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE);
  }

  /** One value with its interval, above and below by as much. */
  static void interval(XYChart chart, String name, double x, double y, double halfWidth) {
    chart
        .addSeries(name, new double[] {x}, new double[] {y}, new double[] {halfWidth})
        .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE);
  }

  /** Values at 1, 2, ... on the axis of x are named so, without a legend. */
  static void named(XYChart chart, List<String> names) {
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisMin(0.5).setXAxisMax(names.size() + 0.5);
    chart.getStyler().setXAxisTickMarkSpacingHint(chart.getWidth() / 2 / names.size());
    chart.setCustomXAxisTickLabelsFormatter(
        at -> {
          boolean isOne = at == Math.rint(at) && at >= 1 && at <= names.size();
          return isOne ? names.get((int) at.doubleValue() - 1) : at.toString();
        });
  }

  /** The legend below the chart, in one line. */
  static void legendBelow(XYChart chart) {
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
  }
}
