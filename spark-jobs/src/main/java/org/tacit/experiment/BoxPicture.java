package org.tacit.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/** Discs in a periodic square, with arrows, below a title and a line that says what they are. */
final class BoxPicture {
  private static final int SIDE = 640;
  private static final int MARGIN = 30;
  private static final int HEAD = 70;
  private static final double TIP = 8;
  private static final Color LARGEST = new Color(86, 180, 233, 110);
  private static final Color OTHERS = new Color(230, 159, 0, 130);

  private final double side;
  private final double scale;
  private final List<Disc> discs;

  private BoxPicture(double side, double scale, List<Disc> discs) {
    this.side = side;
    this.scale = scale;
    this.discs = List.copyOf(discs);
  }

  /**
   * Discs at x and y in turn, the largest blue and the others orange, and arrows along {@code
   * moved}, the longest 1 long.
   */
  static BoxPicture of(double side, Matrix diameters, Matrix places, Matrix moved) {
    double scale = 1 / moved.maxAbs();
    List<Disc> discs = new ArrayList<>();
    for (int i = 0; i < diameters.rows(); i++) {
      double d = diameters.at(i);
      discs.add(
          new Disc(
              places.at(2 * i),
              places.at(2 * i + 1),
              d / 2,
              d == diameters.maxAbs() ? LARGEST : OTHERS,
              scale * moved.at(2 * i),
              scale * moved.at(2 * i + 1)));
    }
    return new BoxPicture(side, scale, discs);
  }

  /** A disc anywhere, to be seen in the square, and the arrow (dx, dy) from its centre. */
  private record Disc(double x, double y, double radius, Color colour, double dx, double dy) {}

  Picture picture(String name, String title, String line) {
    String arrows =
        String.format(Locale.ROOT, "; side %.2f; arrows: %.3f times the derivative", side, scale);
    return Picture.of(
        name,
        SIDE + 2 * MARGIN,
        SIDE + MARGIN + HEAD,
        graphics -> {
          graphics.setColor(Color.BLACK);
          graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 20));
          graphics.drawString(title, MARGIN, 26);
          graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
          graphics.drawString(line + arrows, MARGIN, 52);
          draw(graphics);
        });
  }

  private void draw(Graphics2D graphics) {
    double unit = SIDE / side;
    Rectangle2D box = new Rectangle2D.Double(MARGIN, HEAD, SIDE, SIDE);
    graphics.setClip(box);
    for (Disc disc : discs) {
      double r = unit * disc.radius;
      for (double[] at : images(disc)) {
        Ellipse2D circle = new Ellipse2D.Double(at[0] - r, at[1] - r, 2 * r, 2 * r);
        graphics.setColor(disc.colour);
        graphics.fill(circle);
        graphics.setColor(disc.colour.darker());
        graphics.setStroke(new BasicStroke(0.7f));
        graphics.draw(circle);
      }
    }
    graphics.setColor(Color.BLACK);
    for (Disc disc : discs) {
      for (double[] at : images(disc)) {
        arrow(graphics, at, unit * disc.dx, unit * disc.dy);
      }
    }
    graphics.setClip(null);
    graphics.draw(box);
  }

  /** Where a disc is in the picture, and beside it where it crosses a side. */
  private List<double[]> images(Disc disc) {
    double unit = SIDE / side;
    double x = disc.x - side * Math.floor(disc.x / side);
    double y = disc.y - side * Math.floor(disc.y / side);
    double out = Math.max(disc.radius, Math.hypot(disc.dx, disc.dy));
    return IntStream.range(0, 9)
        .mapToObj(k -> new double[] {x + (k % 3 - 1) * side, y + (k / 3 - 1) * side})
        .filter(
            at -> Math.max(Math.abs(at[0] - side / 2), Math.abs(at[1] - side / 2)) < side / 2 + out)
        .map(at -> new double[] {MARGIN + unit * at[0], HEAD + unit * at[1]})
        .toList();
  }

  private static void arrow(Graphics2D graphics, double[] at, double dx, double dy) {
    double length = Math.hypot(dx, dy);
    if (length > 1) {
      double head = Math.min(TIP, 0.6 * length);
      double ux = head * dx / length;
      double uy = head * dy / length;
      double x = at[0] + dx;
      double y = at[1] + dy;
      graphics.setStroke(new BasicStroke(1.6f));
      graphics.draw(new Line2D.Double(at[0], at[1], x - ux / 2, y - uy / 2));
      Path2D tip = new Path2D.Double();
      tip.moveTo(x, y);
      tip.lineTo(x - ux - 0.45 * uy, y - uy + 0.45 * ux);
      tip.lineTo(x - ux + 0.45 * uy, y - uy - 0.45 * ux);
      tip.closePath();
      graphics.fill(tip);
    }
  }
}
