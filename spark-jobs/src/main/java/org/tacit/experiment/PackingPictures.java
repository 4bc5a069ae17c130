package org.tacit.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** The packing with its displacements, and the errors of both derivatives on FIRE's way to it. */
final class PackingPictures {
  private static final int SIDE = 640;
  private static final int MARGIN = 30;
  private static final int HEAD = 70;
  private static final Color LARGE = new Color(86, 180, 233, 110);
  private static final Color SMALL = new Color(230, 159, 0, 130);
  private static final Color IMPLICIT = new Color(0, 114, 178);
  private static final Color UNROLLED = new Color(213, 94, 0);

  private PackingPictures() {}

  /** Spheres where they are in the box, and arrows along dx*, of a scale that is said. */
  static Picture arrows(SoftSpheres spheres, double theta, Sensitivity of) {
    return Picture.of(
        "packing",
        SIDE + 2 * MARGIN,
        SIDE + MARGIN + HEAD,
        graphics -> draw(graphics, spheres, theta, of));
  }

  private static void draw(Graphics2D graphics, SoftSpheres spheres, double theta, Sensitivity of) {
    double unit = SIDE / spheres.box();
    double longest = of.moved().maxAbs();
    double scale = 1 / longest;
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
    graphics.drawString(
        "Where " + spheres.count() + " jammed spheres go as the small ones grow", MARGIN, 26);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    graphics.drawString(
        String.format(
            java.util.Locale.ROOT,
            "blue: diameter 1, orange: theta = %.2f, periodic box of side %.2f; arrows: %.3f dx/dtheta",
            theta,
            spheres.box(),
            scale),
        MARGIN,
        50);
    Rectangle2D box = new Rectangle2D.Double(MARGIN, HEAD, SIDE, SIDE);
    graphics.setClip(box);
    for (int i = 0; i < spheres.count(); i++) {
      double radius = unit * spheres.diameter(i, theta) / 2;
      graphics.setColor(2 * i < spheres.count() ? LARGE : SMALL);
      for (double[] at : images(spheres, of, i)) {
        graphics.fill(
            new Ellipse2D.Double(
                MARGIN + unit * at[0] - radius,
                HEAD + unit * at[1] - radius,
                2 * radius,
                2 * radius));
      }
    }
    graphics.setColor(Color.BLACK);
    for (int i = 0; i < spheres.count(); i++) {
      for (double[] at : images(spheres, of, i)) {
        arrow(
            graphics,
            MARGIN + unit * at[0],
            HEAD + unit * at[1],
            unit * scale * of.moved().at(2 * i),
            unit * scale * of.moved().at(2 * i + 1));
      }
    }
    graphics.setClip(null);
    graphics.draw(box);
  }

  /** Where a sphere is in the box, and beside it where it crosses a side. */
  private static List<double[]> images(SoftSpheres spheres, Sensitivity of, int i) {
    double box = spheres.box();
    double x = of.x().at(2 * i) - box * Math.floor(of.x().at(2 * i) / box);
    double y = of.x().at(2 * i + 1) - box * Math.floor(of.x().at(2 * i + 1) / box);
    return java.util.stream.IntStream.range(0, 9)
        .mapToObj(k -> new double[] {x + (k % 3 - 1) * box, y + (k / 3 - 1) * box})
        .filter(at -> at[0] > -1.5 && at[0] < box + 1.5 && at[1] > -1.5 && at[1] < box + 1.5)
        .toList();
  }

  private static void arrow(Graphics2D graphics, double x, double y, double dx, double dy) {
    double length = Math.hypot(dx, dy);
    double head = Math.min(7, 0.6 * length);
    graphics.setStroke(new BasicStroke(1.2f));
    graphics.draw(new Line2D.Double(x, y, x + dx, y + dy));
    if (length > 1) {
      double ux = head * dx / length;
      double uy = head * dy / length;
      Path2D tip = new Path2D.Double();
      tip.moveTo(x + dx, y + dy);
      tip.lineTo(x + dx - ux - 0.45 * uy, y + dy - uy + 0.45 * ux);
      tip.lineTo(x + dx - ux + 0.45 * uy, y + dy - uy - 0.45 * ux);
      tip.closePath();
      graphics.fill(tip);
    }
  }

  /** A curve a start for each derivative. */
  static Picture errors(List<Sensitivity> found) {
    XYChart chart =
        Charts.linear(
            "Derivatives of a packing on FIRE's way to it, " + found.size() + " starts",
            "iterations of FIRE",
            "relative error of dx/dtheta");
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.getStyler().setLegendPosition(org.knowm.xchart.style.Styler.LegendPosition.InsideSW);
    for (int s = 0; s < found.size(); s++) {
      curve(chart, s, "unrolled", UNROLLED, found.get(s), Sensitivity.Point::ofUnrolled);
      curve(chart, s, "implicit", IMPLICIT, found.get(s), Sensitivity.Point::ofImplicit);
    }
    return Picture.of("packing-errors", chart);
  }

  private static void curve(
      XYChart chart,
      int start,
      String name,
      Color colour,
      Sensitivity of,
      ToDoubleFunction<Sensitivity.Point> error) {
    String unique = start == 0 ? name : name + " " + start;
    Charts.line(
        chart,
        unique,
        of.points(),
        Sensitivity.Point::k,
        p -> Math.max(1e-16, error.applyAsDouble(p)));
    XYSeries series = chart.getSeriesMap().get(unique);
    series.setLineStyle(new BasicStroke(1));
    series.setLineColor(colour).setLineWidth(1).setShowInLegend(start == 0);
  }
}
