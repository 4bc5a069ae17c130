package org.tacit.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.tacit.primitive.DiagonalTerm;
import org.tacit.primitive.DiagonalTerm.Entry;
import org.tacit.primitive.DiagonalTerm.Range;
import org.tacit.primitive.Form;
import org.tacit.primitive.Side;
import org.tacit.primitive.Transposable;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The diagonal of a linear program y = A v, n x 1 both, as a program that costs one pass. Exact for
 * the Hessians of generalised linear models, A = X' diag(s) X + D with any blocks of v and with the
 * coupled outputs of softmax, where it is (X * X)' s + d; nothing for programs in which it does not
 * find that form.
 *
 * <p>Each value of the program is written as a sum of {@link DiagonalTerm}s by the rules of its
 * primitives ({@link Transposable#diagonal}); what lies beside the diagonal is left out on the way,
 * once it is known to.
 */
final class Diagonal {
  private Diagonal() {}

  /** The diagonal, n x 1, of an output that is linear in {@code input}; empty where not found. */
  public static Optional<Var> of(Var output, Var input) {
    int n = input.shape().size();
    if (!output.shape().equals(input.shape()) || input.shape().width() != 1) {
      return Optional.empty();
    }
    List<Node> ordered = Program.ancestors(List.of(output.node()));
    Set<Node> dependent = Program.dependents(ordered, List.of(input.node()));
    Map<Node, List<DiagonalTerm>> terms = new HashMap<>();
    Var ones = Var.constant(1).broadcastTo(input.shape());
    terms.put(input.node(), List.of(new Entry(0, ones, new Range(0, n), false)));
    for (Node node : ordered) {
      if (dependent.contains(node) && !node.equals(input.node())) {
        Optional<List<DiagonalTerm>> found = termsOf(node, terms);
        if (found.isEmpty()) {
          return Optional.empty();
        }
        terms.put(node, found.get());
      }
    }
    return sum(terms.getOrDefault(output.node(), List.of()), input);
  }

  private static Optional<List<DiagonalTerm>> termsOf(
      Node node, Map<Node, List<DiagonalTerm>> known) {
    if (!(node.operation() instanceof Transposable primitive)) {
      return Optional.empty();
    }
    List<Var> inputs = Var.inputs(node);
    List<DiagonalTerm> all = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      for (DiagonalTerm term : known.getOrDefault(node.inputs().get(i), List.of())) {
        Optional<DiagonalTerm> there = primitive.diagonal(i, term, inputs, node.shape());
        if (there.isEmpty()) {
          return Optional.empty();
        }
        all.add(there.get());
      }
    }
    return Optional.of(all);
  }

  /** Where a factor stands between zeros, if it does, and how many numbers it has there. */
  private record Place(OptionalInt zerosBefore, int size) {
    static Place of(Var factor) {
      return new Place(Form.zerosBefore(factor), inner(factor).shape().size());
    }

    static Var inner(Var factor) {
      boolean isPlaced = Form.zerosBefore(factor).isPresent();
      return isPlaced ? Var.inputs(factor.node()).get(0) : factor;
    }

    Var among(int all, Var inner) {
      int before = zerosBefore.orElse(0);
      return inner.pad(Side.ROWS, before, all - size - before);
    }
  }

  /** What stands in one place is added up there, before the zeros come beside it. */
  private static Optional<Var> sum(List<DiagonalTerm> terms, Var input) {
    Map<Place, Var> sums = new LinkedHashMap<>();
    for (DiagonalTerm term : terms) {
      if (term instanceof Entry entry && entry.offset() == 0) {
        sums.merge(Place.of(entry.factor()), Place.inner(entry.factor()), Var::plus);
      } else if (!term.isBesideTheDiagonal()) {
        return Optional.empty();
      }
    }
    Var diagonal = Var.zero(input.shape());
    for (Map.Entry<Place, Var> sum : sums.entrySet()) {
      diagonal = diagonal.plus(sum.getKey().among(input.shape().size(), sum.getValue()));
    }
    return Optional.of(diagonal);
  }
}
