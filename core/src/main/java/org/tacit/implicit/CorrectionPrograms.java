package org.tacit.implicit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Substitution;
import org.tacit.optimality.Condition;
import org.tacit.pass.PassPrimitive;
import org.tacit.primitive.Steady;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The programs of a {@link Correction}, each one pass over each table that F and L read.
 *
 * <ul>
 *   <li>{@code point}: F, R, q and what {@link KinkPrograms} measure at (x, w);
 *   <li>{@code along} z: dF/dx z, dR/dx z, dh/dx z, dh/dw z and dq/dx z at (x, w);
 *   <li>{@code moved} by (s, t): dh = dh/dx s + dh/dw t at (x, w), F and R at (x + s, w + t), and
 *       h(x + s, w + t) - h(x, w) - dh; where there are kinks with theta moved by dtheta too, and
 *       with the pieces that are others there.
 * </ul>
 */
record CorrectionPrograms(
    DerivativeEquations equations,
    Optional<Kinks> kinks,
    KinkPrograms sites,
    Program point,
    Program along,
    Program moved) {
  static CorrectionPrograms of(DerivativeEquations equations) {
    Optional<Kinks> kinks = Kinks.of(equations.condition());
    KinkPrograms sites = KinkPrograms.of(equations);
    return new CorrectionPrograms(
        equations,
        kinks,
        sites,
        point(equations, kinks, sites),
        along(equations, kinks),
        moved(equations, sites));
  }

  private static Program point(
      DerivativeEquations equations, Optional<Kinks> kinks, KinkPrograms sites) {
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("F", equations.condition().residual().node());
    outputs.put("R", equations.residual().node());
    kinks.ifPresent(
        k -> {
          outputs.put("q", k.switching().node());
          outputs.put("step", k.step().node());
        });
    if (!sites.isEmpty()) {
      outputs.put("standing", sites.standing().node());
      outputs.put("nearness", sites.nearness().node());
    }
    return Program.of(outputs);
  }

  private static Program along(DerivativeEquations equations, Optional<Kinks> kinks) {
    Condition condition = equations.condition();
    Var x = condition.x();
    Var z = Var.input("z", x.shape());
    Map<String, Node> outputs = new LinkedHashMap<>();
    List<Var> moved =
        Jvp.of(
            List.of(condition.residual(), equations.residual(), equations.value()), Map.of(x, z));
    outputs.put("dF/dx", moved.get(0).node());
    outputs.put("dR/dx", moved.get(1).node());
    outputs.put("dh/dx", moved.get(2).node());
    outputs.put("dh/dw", Jvp.of(equations.value(), equations.w(), z).node());
    kinks.ifPresent(k -> outputs.put("dq/dx", Jvp.of(k.switching(), x, z).node()));
    return Program.of(outputs);
  }

  private static Program moved(DerivativeEquations equations, KinkPrograms sites) {
    Condition condition = equations.condition();
    Var x = condition.x();
    Var w = equations.w();
    Var s = Var.input("s", x.shape());
    Var t = Var.input("t", x.shape());
    Var h = equations.value();
    Map<Var, Var> there = new HashMap<>(Map.of(x, x.plus(s), w, w.plus(t)));
    if (!sites.isEmpty()) {
      Var theta = condition.theta();
      there.put(theta, theta.plus(Var.input("dtheta", theta.shape())));
      steps(equations).forEach(step -> there.put(step, step));
    }
    Var change = Jvp.of(List.of(h), Map.of(x, s, w, t)).get(0);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("dh", change.node());
    outputs.put("F", Substitution.in(condition.residual(), there).node());
    outputs.put("R", Substitution.in(equations.residual(), there).node());
    outputs.put("bend", Substitution.in(h, there).minus(h).minus(change).node());
    if (!sites.isEmpty()) {
      outputs.put("crossed", sites.crossed(there).node());
    }
    return Program.of(outputs);
  }

  /** Automatic steps, which stay where they are when theta moves: they take passes of their own. */
  private static List<Var> steps(DerivativeEquations equations) {
    List<Node> roots =
        List.of(
            equations.condition().residual().node(),
            equations.residual().node(),
            equations.value().node());
    List<Var> steps = new ArrayList<>();
    for (Node node : Program.ancestors(roots)) {
      if (node.operation() instanceof Steady && node.operation() instanceof PassPrimitive) {
        steps.add(Var.of(node));
      }
    }
    return steps;
  }
}
