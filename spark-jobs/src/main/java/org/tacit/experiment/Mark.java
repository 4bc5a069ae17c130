package org.tacit.experiment;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** The mark of a point. Those of curves drawn later are smaller, and leave the others seen. */
enum Mark {
  DISC,
  DIAMOND,
  SQUARE,
  TRIANGLE;

  Shape at(double x, double y) {
    return switch (this) {
      case DISC -> new Ellipse2D.Double(x - 5, y - 5, 10, 10);
      case DIAMOND -> polygon(x, y, 0, -5, 5, 0, 0, 5, -5, 0);
      case SQUARE -> new Rectangle2D.Double(x - 3.2, y - 3.2, 6.4, 6.4);
      case TRIANGLE -> polygon(x, y, 0, -5, 4.4, 2.5, -4.4, 2.5);
    };
  }

  private static Shape polygon(double x, double y, double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(x + corners[0], y + corners[1]);
    for (int c = 2; c < corners.length; c += 2) {
      path.lineTo(x + corners[c], y + corners[c + 1]);
    }
    path.closePath();
    return path;
  }
}
