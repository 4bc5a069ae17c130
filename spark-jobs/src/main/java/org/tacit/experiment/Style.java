package org.tacit.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.util.Optional;

/** How a series is drawn: the curve through its points, where it has one, and their marks. */
record Style(Color colour, Optional<BasicStroke> stroke, Optional<Mark> mark, boolean isHollow) {
  /** Black points. */
  static final Style POINTS =
      new Style(Color.BLACK, Optional.empty(), Optional.of(Mark.DISC), false);

  void curve(Graphics2D graphics, Shape curve) {
    graphics.setColor(colour);
    stroke.ifPresent(graphics::setStroke);
    stroke.ifPresent(drawn -> graphics.draw(curve));
  }

  void point(Graphics2D graphics, double x, double y) {
    mark.map(form -> form.at(x, y))
        .ifPresent(
            shape -> {
              graphics.setColor(isHollow ? Color.WHITE : colour);
              graphics.fill(shape);
              graphics.setColor(colour);
              graphics.setStroke(new BasicStroke(1.6f));
              graphics.draw(shape);
            });
  }
}
