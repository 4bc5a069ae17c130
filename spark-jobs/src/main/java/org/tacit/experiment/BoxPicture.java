package org.tacit.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/** Discs in a periodic square, with arrows, below a title and a line that says what they are. */
record BoxPicture(double side, double scale, List<Disc> discs) {
  private static final int SIDE = 640;
  private static final int MARGIN = 64;
  private static final int HEAD = 70;
  private static final double LONGEST = 0.75;
  private static final int GAP = 12;
  private static final double TIP = 8;
  private static final Color LARGEST = new Color(86, 180, 233, 110);
  private static final Color OTHERS = new Color(230, 159, 0, 130);

  BoxPicture {
    discs = List.copyOf(discs);
  }

  /**
   * Discs at x and y in turn, the largest blue and the others orange, and arrows along {@code
   * moved}, the longest 0.75 long.
   */
  static BoxPicture of(double side, Matrix diameters, Matrix places, Matrix moved) {
    double longest =
        IntStream.range(0, diameters.rows())
            .mapToDouble(i -> Math.hypot(moved.at(2 * i), moved.at(2 * i + 1)))
            .max()
            .orElseThrow();
    double scale = longest > 0 ? LONGEST / longest : 1;
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
    String also = String.format(Locale.ROOT, "; side %.2f; arrows: dx/dtheta", side);
    return new Picture(
        name,
        SIDE + 2 * MARGIN,
        HEAD + SIDE + MARGIN,
        graphics -> {
          graphics.setColor(Color.BLACK);
          graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 20));
          graphics.drawString(title, MARGIN, 26);
          graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
          graphics.drawString(line + also, MARGIN, 52);
          draw(graphics);
        });
  }

  private void draw(Graphics2D graphics) {
    double unit = SIDE / side;
    Rectangle2D box = new Rectangle2D.Double(MARGIN, HEAD, SIDE, SIDE);
    Shape all = graphics.getClip();
    graphics.clip(box);
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
    graphics.setClip(all);
    graphics.setColor(Color.BLACK);
    for (Disc disc : discs) {
      double[] at = {MARGIN + unit * inside(disc.x), HEAD + unit * inside(disc.y)};
      arrow(graphics, at, unit * disc.dx, unit * disc.dy);
    }
    graphics.draw(box);
    double size = round(LONGEST / scale);
    double foot = HEAD + SIDE + MARGIN / 2.0;
    arrow(graphics, new double[] {MARGIN, foot}, unit * scale * size, 0);
    graphics.drawString(
        String.format(Locale.ROOT, "|dx/dtheta| = %s", new BigDecimal(size).toPlainString()),
        (float) (MARGIN + unit * scale * size + GAP),
        (float) foot + 5);
  }

  /** The largest of 1, 2 and 5 times a power of ten that is no larger. */
  private static double round(double size) {
    double power = Math.pow(10, Math.floor(Math.log10(size)));
    return (size >= 5 * power ? 5 : size >= 2 * power ? 2 : 1) * power;
  }

  /** Where a disc is in the picture, and beside it where it crosses a side. */
  private List<double[]> images(Disc disc) {
    double unit = SIDE / side;
    double x = inside(disc.x);
    double y = inside(disc.y);
    return IntStream.range(0, 9)
        .mapToObj(k -> new double[] {x + (k % 3 - 1) * side, y + (k / 3 - 1) * side})
        .filter(
            at ->
                Math.max(Math.abs(at[0] - side / 2), Math.abs(at[1] - side / 2))
                    < side / 2 + disc.radius)
        .map(at -> new double[] {MARGIN + unit * at[0], HEAD + unit * at[1]})
        .toList();
  }

  private double inside(double place) {
    return place - side * Math.floor(place / side);
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
