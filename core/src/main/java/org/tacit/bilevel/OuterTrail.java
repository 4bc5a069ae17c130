package org.tacit.bilevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;

/**
 * The way of an outer optimisation so far.
 *
 * @param steps what was told of each accepted step, the start included
 * @param last the accepted point of the last step
 * @param best the accepted point of the smallest outer value
 * @param start the inner solution at the first theta
 * @param unit what hypergradients are measured in where they meet bounds: the largest element of
 *     the first, or 1 where that is less. So the unit of a loss of large numbers does not matter
 * @param firstNorm the norm of the projected hypergradient that later ones are compared with
 * @param flat steps in a row that gained nothing to speak of
 * @param passes made so far
 * @param remarks what else a reader must know
 * @param ending how the descent ended by itself, whatever became of the solves at its end
 */
record OuterTrail(
    List<OuterState.Iteration> steps,
    OuterState.Point last,
    OuterState.Point best,
    Matrix start,
    double unit,
    double firstNorm,
    int flat,
    long passes,
    List<String> remarks,
    Optional<DescentEnd.Ending> ending) {
  OuterTrail {
    steps = List.copyOf(steps);
    remarks = List.copyOf(remarks);
  }

  static OuterTrail from(OuterState.Point first, double norm, List<String> remarks) {
    return new OuterTrail(
        List.of(), first, first, first.x(), unit(first), norm, 0, 0, remarks, Optional.empty());
  }

  /** The unit of a first point. */
  static double unit(OuterState.Point first) {
    return Math.max(1, first.gradient().maxAbs());
  }

  /** Accepted steps. */
  int length() {
    return steps.size() - 1;
  }

  /** With one more step, which gained something or not. */
  OuterTrail arrivedAt(OuterState.Point point, OuterState.Iteration told, boolean isGain) {
    List<OuterState.Iteration> more = new ArrayList<>(steps);
    more.add(told);
    return new OuterTrail(
            more,
            point,
            best,
            start,
            unit,
            firstNorm,
            isGain ? 0 : flat + 1,
            passes,
            remarks,
            ending)
        .seeing(point);
  }

  /** The last point solved more exactly: what was said of it is void. */
  OuterTrail refinedTo(OuterState.Point point, double norm) {
    return new OuterTrail(
        steps,
        point,
        best.theta().equals(point.theta()) ? point : best,
        start,
        unit,
        length() == 0 ? Math.max(firstNorm, norm) : firstNorm,
        flat,
        passes,
        remarks,
        ending);
  }

  /** A point that could have been accepted. */
  OuterTrail seeing(OuterState.Point point) {
    OuterState.Point lowest = point.value() < best.value() ? point : best;
    return new OuterTrail(
        steps, last, lowest, start, unit, firstNorm, flat, passes, remarks, ending);
  }

  OuterTrail after(long allPasses) {
    return new OuterTrail(
        steps, last, best, start, unit, firstNorm, flat, allPasses, remarks, ending);
  }

  OuterTrail endedBy(DescentEnd.Ending how) {
    return new OuterTrail(
        steps, last, best, start, unit, firstNorm, flat, passes, remarks, Optional.of(how));
  }
}
