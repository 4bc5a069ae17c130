package org.tacit.experiment;

import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of one look, drawn by {@link Panels}: white, axes with names and units. */
final class Charts {
  static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 18);
  private static final Color NONE = new Color(255, 255, 255, 0);
  private static final int MARK = 8;

  private Charts() {}

  /** A constant's name in words. */
  static String words(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A chart of straight axes. */
  static XYChart linear(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(480)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart
        .getStyler()
        .setChartBackgroundColor(NONE)
        .setPlotBackgroundColor(NONE)
        .setPlotBorderVisible(false)
        .setLegendVisible(false)
        .setChartTitleFont(TITLE);
    chart
        .getStyler()
        .setPlotGridLinesVisible(false)
        .setAxisTicksMarksVisible(false)
        .setAxisTickLabelsColor(NONE)
        .setXAxisTickLabelsColor(NONE)
        .setYAxisTickLabelsColor(NONE)
        .setErrorBarsColor(NONE)
        .setAxisTitleFont(TEXT)
        .setAxisTickLabelsFont(TEXT);
    chart.getStyler().setMarkerSize(MARK);
    return chart;
  }

  /** A chart of a straight and a logarithmic axis. */
  static XYChart logarithmicUp(String title, String x, String y) {
    XYChart chart = linear(title, x, y);
    chart.getStyler().setYAxisLogarithmic(true).setYAxisLogarithmicDecadeOnly(false);
    return chart;
  }

  /** A chart of two logarithmic axes. */
  static XYChart logarithmic(String title, String x, String y) {
    XYChart chart = logarithmicUp(title, x, y);
    chart.getStyler().setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(false);
    return chart;
  }

  /** A curve through the points, which need not be in order. */
  static <T> XYSeries line(
      XYChart chart,
      Look look,
      String name,
      List<T> points,
      ToDoubleFunction<T> x,
      ToDoubleFunction<T> y) {
    XYSeries series =
        chart.addSeries(
            name,
            points.stream().mapToDouble(x).toArray(),
            points.stream().mapToDouble(y).toArray());
    series.setMarker(SeriesMarkers.NONE).setMarkerColor(look.colour());
    series.setLineColor(look.colour()).setLineStyle(look.stroke());
    return series;
  }

  /** The points alone, black. */
  static <T> void points(
      XYChart chart, String name, List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
    line(chart, Look.IMPLICIT, name, points, x, y)
        .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(Color.BLACK);
  }

  /** One value with its interval, above and below by as much. */
  static void interval(
      XYChart chart, Look look, String name, double x, double y, double halfWidth) {
    chart
        .addSeries(name, new double[] {x}, new double[] {y}, new double[] {halfWidth})
        .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
        .setMarker(look.mark())
        .setMarkerColor(look.colour())
        .setShowInLegend(false);
  }

  /** Values at 1, 2, ... on the axis of x are named so. */
  static void named(XYChart chart, List<String> names) {
    chart.getStyler().setXAxisMin(0.5).setXAxisMax(names.size() + 0.5);
    chart.setCustomXAxisTickLabelsFormatter(
        at -> {
          boolean isOne = at == Math.rint(at) && at >= 1 && at <= names.size();
          return isOne ? names.get((int) at.doubleValue() - 1) : " ";
        });
  }
}
