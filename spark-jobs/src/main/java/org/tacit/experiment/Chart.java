package org.tacit.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Series over two axes. A curve is one stroke, so that its dashes run on through its points however
 * close they are. What an axis has no place for is left out.
 */
final class Chart {
  static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 18);
  private static final FontRenderContext FONTS = new FontRenderContext(null, true, true);
  private static final Color GRID = new Color(225, 225, 225);
  private static final double TOP = 38;
  private static final double LINE = 24;
  private static final double GAP = 8;
  private static final double RISE = 6;

  private final String title;
  private final Axis x;
  private final Axis y;
  private final List<Series> all = new ArrayList<>();

  Chart(String title, Axis x, Axis y) {
    this.title = title;
    this.x = x;
    this.y = y;
  }

  /** A point with an interval of so much up and down, 0 for none. */
  private record Point(double x, double y, double half) {}

  /** Points of one style; a legend names them where they have a name. */
  record Series(String name, Style style, List<Point> points) {}

  List<Series> series() {
    return List.copyOf(all);
  }

  <T> void add(
      String name, Style style, List<T> of, ToDoubleFunction<T> across, ToDoubleFunction<T> up) {
    List<Point> points =
        of.stream()
            .map(each -> new Point(across.applyAsDouble(each), up.applyAsDouble(each), 0))
            .filter(point -> x.hasPlaceFor(point.x) && y.hasPlaceFor(point.y))
            .toList();
    all.add(new Series(name, style, points));
  }

  /** One value with its interval. */
  void interval(Style style, double across, double up, double half) {
    all.add(new Series("", style, List.of(new Point(across, up, half))));
  }

  static double widthOf(String text) {
    return TEXT.getStringBounds(text, FONTS).getWidth();
  }

  void draw(Graphics2D graphics, double width, double height) {
    List<Point> points = all.stream().flatMap(series -> series.points.stream()).toList();
    var ends = points.stream().flatMapToDouble(p -> DoubleStream.of(p.y - p.half, p.y + p.half));
    Axis.Scale across = x.scale(points.stream().mapToDouble(Point::x));
    Axis.Scale up = y.scale(ends);
    double labels = up.ticks().labels().stream().mapToDouble(Chart::widthOf).max().orElse(0);
    double left = (y.title().isEmpty() ? 0 : LINE) + labels + 2 * GAP;
    double foot = (x.title().isEmpty() ? 1 : 2) * LINE + GAP;
    var box = new Rectangle2D.Double(left, TOP, width - left - GAP, height - TOP - foot);
    new Drawing(graphics, across, up, box).draw(this, width, height);
  }

  /** The same on its way to paper. */
  private record Drawing(
      Graphics2D graphics, Axis.Scale across, Axis.Scale up, Rectangle2D.Double box) {
    void draw(Chart chart, double width, double height) {
      grid(width);
      graphics.setColor(Color.BLACK);
      text(chart.x.title(), box.getCenterX(), height - GAP);
      graphics.rotate(-Math.PI / 2, LINE - RISE, box.getCenterY());
      text(chart.y.title(), LINE - RISE, box.getCenterY());
      graphics.rotate(Math.PI / 2, LINE - RISE, box.getCenterY());
      graphics.setFont(TITLE);
      double wide = TITLE.getStringBounds(chart.title, FONTS).getWidth();
      graphics.drawString(chart.title, (float) (box.getCenterX() - wide / 2), (float) (TOP - GAP));
      Shape everywhere = graphics.getClip();
      graphics.clip(box);
      chart.all.forEach(this::curve);
      chart.all.forEach(this::points);
      graphics.setClip(everywhere);
    }

    private double x(double value) {
      return across.at(value, box.getMinX(), box.getMaxX());
    }

    private double y(double value) {
      return up.at(value, box.getMaxY(), box.getMinY());
    }

    private void grid(double width) {
      graphics.setFont(TEXT);
      graphics.setStroke(new BasicStroke(1));
      Ticks ticks = across.ticks();
      for (int i = 0; i < ticks.values().size(); i++) {
        double at = x(ticks.values().get(i));
        line(GRID, at, box.getMinY(), at, box.getMaxY());
        String label = ticks.labels().get(i);
        graphics.setColor(Color.BLACK);
        text(label, Math.min(at, width - widthOf(label) / 2 - 1), box.getMaxY() + LINE - RISE / 2);
      }
      ticks = up.ticks();
      for (int i = 0; i < ticks.values().size(); i++) {
        double at = y(ticks.values().get(i));
        line(GRID, box.getMinX(), at, box.getMaxX(), at);
        String label = ticks.labels().get(i);
        graphics.setColor(Color.BLACK);
        text(label, box.getMinX() - GAP - widthOf(label) / 2, at + RISE);
      }
      line(Color.GRAY, box.getMinX(), box.getMinY(), box.getMinX(), box.getMaxY());
      line(Color.GRAY, box.getMinX(), box.getMaxY(), box.getMaxX(), box.getMaxY());
    }

    private void line(Color colour, double x1, double y1, double x2, double y2) {
      graphics.setColor(colour);
      graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    private void text(String text, double middle, double base) {
      graphics.drawString(text, (float) (middle - widthOf(text) / 2), (float) base);
    }

    private void curve(Series series) {
      Path2D path = new Path2D.Double();
      for (Point point : series.points) {
        if (path.getCurrentPoint() == null) {
          path.moveTo(x(point.x), y(point.y));
        }
        path.lineTo(x(point.x), y(point.y));
      }
      series.style.curve(graphics, path);
    }

    private void points(Series series) {
      for (Point point : series.points) {
        if (point.half > 0) {
          graphics.setStroke(new BasicStroke(2));
          double at = x(point.x);
          double top = y(point.y + point.half);
          double foot = y(point.y - point.half);
          line(series.style.colour(), at, top, at, foot);
          line(series.style.colour(), at - RISE, top, at + RISE, top);
          line(series.style.colour(), at - RISE, foot, at + RISE, foot);
        }
        series.style.point(graphics, x(point.x), y(point.y));
      }
    }
  }
}
