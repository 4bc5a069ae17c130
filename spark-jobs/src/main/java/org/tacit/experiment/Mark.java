package org.tacit.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import org.knowm.xchart.style.markers.Marker;

/** A point of a chart, filled or hollow. */
final class Mark extends Marker {
  private static final int CORNERS = 4;

  private final Form form;
  private final boolean isHollow;

  Mark(Form form, boolean isHollow) {
    this.form = form;
    this.isHollow = isHollow;
  }

  /** Its shape. Those of curves drawn later are smaller, and leave the others seen. */
  enum Form {
    DISC(1.25, 0),
    DIAMOND(1.1, 4),
    SQUARE(0.8, 4),
    TRIANGLE(1.1, 3);

    private final double size;
    private final int corners;

    Form(double size, int corners) {
      this.size = size;
      this.corners = corners;
    }

    private Shape at(double x, double y, double diameter) {
      double r = size * diameter / 2;
      if (corners == 0) {
        return new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
      }
      double turn = this == SQUARE ? Math.PI / CORNERS : 0;
      double out = this == SQUARE ? r * Math.sqrt(2) : 1.15 * r;
      Path2D path = new Path2D.Double();
      for (int c = 0; c < corners; c++) {
        double angle = turn - Math.PI / 2 + 2 * Math.PI * c / corners;
        double px = x + out * Math.cos(angle);
        double py = y + out * Math.sin(angle);
        if (c == 0) {
          path.moveTo(px, py);
        } else {
          path.lineTo(px, py);
        }
      }
      path.closePath();
      return path;
    }
  }

  @Override
  public void paint(Graphics2D graphics, double x, double y, int diameter) {
    Shape shape = form.at(x, y, diameter);
    Color colour = graphics.getColor();
    graphics.setColor(isHollow ? Color.WHITE : colour);
    graphics.fill(shape);
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(1.6f));
    graphics.draw(shape);
  }
}
