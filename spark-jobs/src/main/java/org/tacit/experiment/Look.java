package org.tacit.experiment;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * How a curve looks by what it means, the same in every picture: a colour (Okabe and Ito's, told
 * apart by everybody), a stroke and a mark, so that curves on top of each other are both seen.
 */
enum Look {
  /** Implicit derivatives, and what was trained by them. */
  IMPLICIT(new Color(0, 114, 178), Mark.Form.DISC),
  /** Implicit ones in a second way. */
  IMPLICIT_OTHERWISE(new Color(0, 158, 115), Mark.Form.DIAMOND),
  /** Derivatives of iterations. */
  UNROLLED(new Color(213, 94, 0), Mark.Form.SQUARE, 9, 6),
  /** What others are to improve on. */
  PLAIN(new Color(204, 121, 167), Mark.Form.TRIANGLE, 14, 4, 3, 4),
  /** A bound, or the truth. */
  REFERENCE(new Color(90, 90, 90), Mark.Form.DISC, 3, 4);

  private final Color colour;
  private final Mark.Form form;

  @SuppressWarnings("ImmutableEnumChecker") // a stroke has no setters
  private final BasicStroke stroke;

  Look(Color colour, Mark.Form form, float... dashes) {
    this.colour = colour;
    this.form = form;
    this.stroke =
        dashes.length == 0
            ? new BasicStroke(2.6f)
            : new BasicStroke(2.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  Color colour() {
    return colour;
  }

  BasicStroke stroke() {
    return stroke;
  }

  Mark mark() {
    return new Mark(form, false);
  }

  Mark hollowMark() {
    return new Mark(form, true);
  }
}
