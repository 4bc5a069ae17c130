package org.tacit.experiment;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import org.tacit.matrix.Matrix;

/**
 * Square images in rows with a title each: white is 0, blue below it and orange above, each image
 * in full colour where it is larger than in 98 % of its pixels.
 */
final class Images {
  private static final int SIDE = 88;
  private static final int GAP = 12;
  private static final int TITLE = 38;
  private static final int NAME = 22;

  private Images() {}

  /** A row of images, each a row of a matrix. */
  record Row(String title, Matrix images) {}

  /**
   * A picture of them.
   *
   * @param names of the columns
   */
  static Picture of(String name, String title, List<String> names, List<Row> rows) {
    int columns = rows.get(0).images().rows();
    return new Picture(
        name,
        GAP + columns * (SIDE + GAP),
        TITLE + rows.size() * (TITLE + SIDE + GAP) + NAME,
        graphics -> {
          centred(graphics, 20, title, GAP + columns * (SIDE + GAP), 26);
          for (int r = 0; r < rows.size(); r++) {
            int top = TITLE + r * (TITLE + SIDE + GAP);
            Matrix images = rows.get(r).images();
            centred(graphics, 17, rows.get(r).title(), GAP + columns * (SIDE + GAP), top + 22);
            for (int c = 0; c < columns; c++) {
              draw(graphics, images, c, GAP + c * (SIDE + GAP), top + TITLE);
            }
          }
          int foot = TITLE + rows.size() * (TITLE + SIDE + GAP) + GAP;
          for (int c = 0; c < columns; c++) {
            int left = GAP + c * (SIDE + GAP);
            centred(graphics, 17, names.get(c), 2 * left + SIDE, foot);
          }
        });
  }

  private static void centred(Graphics2D graphics, int size, String text, int width, int y) {
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
    graphics.drawString(text, (width - graphics.getFontMetrics().stringWidth(text)) / 2, y);
  }

  private static void draw(Graphics2D graphics, Matrix images, int row, int left, int top) {
    int side = (int) Math.round(Math.sqrt(images.cols()));
    double[] sizes = images.transpose().columnAt(row).map(Math::abs).toArray();
    Arrays.sort(sizes);
    double largest = sizes[(int) (0.98 * (sizes.length - 1))];
    for (int p = 0; p < images.cols(); p++) {
      graphics.setColor(colour(largest > 0 ? images.at(row, p) / largest : 0));
      int x = p % side * SIDE / side;
      int y = p / side * SIDE / side;
      int right = (p % side + 1) * SIDE / side;
      int bottom = (p / side + 1) * SIDE / side;
      graphics.fillRect(left + x, top + y, right - x, bottom - y);
    }
    graphics.setColor(Color.GRAY);
    graphics.drawRect(left, top, SIDE, SIDE);
  }

  /** From blue at -1 by white at 0 to orange at 1. */
  private static Color colour(double value) {
    float fade = (float) (1 - Math.min(1, Math.abs(value)));
    return value < 0
        ? new Color(fade, 0.4f + 0.6f * fade, 0.7f + 0.3f * fade)
        : new Color(0.8f + 0.2f * fade, 0.3f + 0.7f * fade, fade);
  }
}
