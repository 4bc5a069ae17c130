package org.tacit.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Optional;

/**
 * How a curve looks by what it means, the same in every picture: a colour (Okabe and Ito's, told
 * apart by everybody), a stroke and a mark, so that curves on top of each other are both seen.
 */
enum Look {
  /** Implicit derivatives, and what was trained by them. */
  IMPLICIT(new Color(0, 114, 178), Mark.DISC),
  /** Implicit ones in a second way. */
  IMPLICIT_OTHERWISE(new Color(0, 158, 115), Mark.DIAMOND),
  /** Derivatives of iterations. */
  UNROLLED(new Color(213, 94, 0), Mark.SQUARE, 9, 6),
  /** What others are to improve on. */
  PLAIN(new Color(204, 121, 167), Mark.TRIANGLE, 14, 4, 3, 4),
  /** A bound, or the truth. */
  REFERENCE(new Color(90, 90, 90), Mark.DISC, 3, 4);

  private final Color colour;
  private final Mark mark;

  @SuppressWarnings("ImmutableEnumChecker") // a stroke has no setters
  private final BasicStroke stroke;

  Look(Color colour, Mark mark, float... dashes) {
    this.colour = colour;
    this.mark = mark;
    this.stroke = stroke(2.6f, dashes);
  }

  static BasicStroke stroke(float width, float... dashes) {
    return dashes.length == 0
        ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  Color colour() {
    return colour;
  }

  Style line() {
    return line(stroke);
  }

  Style line(BasicStroke other) {
    return new Style(colour, Optional.of(other), Optional.empty(), false);
  }

  Style markedLine() {
    return new Style(colour, Optional.of(stroke), Optional.of(mark), false);
  }

  /** Points alone. */
  Style marks(boolean areHollow) {
    return new Style(colour, Optional.empty(), Optional.of(mark), areHollow);
  }
}
