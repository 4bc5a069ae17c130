package org.tacit.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;
import org.tacit.program.Program;

/**
 * Many instances of a program at once give what they give one by one, in the passes of one:
 * whatever differs between them and whatever they share, for every primitive and its derivative.
 */
public interface InstanceLaws {
  TableFactory tables();

  default List<PrimitiveLaws.Cut> cuts() {
    return List.of(new PrimitiveLaws.Cut(7, 2), new PrimitiveLaws.Cut(1103, 3));
  }

  @TestFactory
  default Stream<DynamicNode> instancesAreEvaluatedAsOneByOne() {
    return PrimitiveCatalogue.all().stream()
        .map(line -> DynamicContainer.dynamicContainer(line.toString(), subsets(line)));
  }

  private List<DynamicNode> subsets(PrimitiveCase line) {
    List<DynamicNode> tests = new ArrayList<>();
    for (List<Integer> differing : subsetsOf(line.moving())) {
      String what = differing.isEmpty() ? "nothing" : "arguments " + differing;
      for (PrimitiveLaws.Cut cut : cuts()) {
        if (line.hasRows()) {
          tests.add(
              DynamicTest.dynamicTest(
                  what + " differing over " + cut,
                  () -> check(new PrimitiveTrial(line, cut.rows(), true), cut, differing)));
        }
      }
      tests.add(
          DynamicTest.dynamicTest(
              what + " differing, replicated",
              () ->
                  check(
                      new PrimitiveTrial(line, 5, false), new PrimitiveLaws.Cut(5, 1), differing)));
    }
    return tests;
  }

  private void check(PrimitiveTrial trial, PrimitiveLaws.Cut cut, List<Integer> differing) {
    Program program = program(trial, differing);
    Passes passes = trial.passes(tables(), cut.partitions());
    List<Map<String, Matrix>> instances = instances(trial, differing);
    var together = passes.in("together").evaluate(program, instances);
    for (int k = 0; k < instances.size(); k++) {
      Passes other = afresh(program, passes).in("alone");
      var alone = other.evaluate(program, instances.get(k));
      assertThat(passes.ledger().of("together")).isEqualTo(other.ledger().of("alone"));
      Map<String, Matrix> one = together.get(k);
      alone.forEach(
          (name, value) ->
              assertThat(one.get(name).minus(value).norm())
                  .as(name)
                  .isLessThanOrEqualTo(1e-13 * value.norm()));
    }
    trial.close(passes);
  }

  /** The same tables, of which nothing is remembered. */
  private static Passes afresh(Program program, Passes passes) {
    return Passes.over(
        program.tables().stream().collect(Collectors.toMap(name -> name, passes::table)));
  }

  /** Value and vjp, the arguments that differ being moved along their direction. */
  private static Program program(PrimitiveTrial trial, List<Integer> differing) {
    List<Var> points = trial.moved(differing);
    Var y = trial.line().build().apply(points);
    List<Var> moved = trial.line().moving().stream().map(points::get).toList();
    Map<String, Var> outputs = new LinkedHashMap<>();
    outputs.put("y", y);
    List<Var> back = Vjp.of(List.of(y.square()), moved, List.of(trial.value("v")));
    for (int k = 0; k < back.size(); k++) {
      outputs.put("back" + k, back.get(k));
    }
    return trial.program(outputs);
  }

  /** Inputs with other steps for each instance; the rest is shared, as the same objects. */
  private static List<Map<String, Matrix>> instances(
      PrimitiveTrial trial, List<Integer> differing) {
    Map<String, Matrix> shared = trial.inputs(0);
    List<Map<String, Matrix>> instances = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      Map<String, Matrix> inputs = new HashMap<>(shared);
      for (int i : differing) {
        inputs.put("step" + i, Matrix.scalar(0.01 * k - 0.005 * i));
      }
      instances.add(inputs);
    }
    return instances;
  }

  private static List<List<Integer>> subsetsOf(List<Integer> all) {
    List<List<Integer>> subsets = new ArrayList<>();
    for (int mask = 0; mask < 1 << all.size(); mask++) {
      List<Integer> subset = new ArrayList<>();
      for (int bit = 0; bit < all.size(); bit++) {
        if ((mask >> bit & 1) == 1) {
          subset.add(all.get(bit));
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }
}
