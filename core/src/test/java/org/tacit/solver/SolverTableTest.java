package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;

/** The table of {@link SolverLaws} is whole, and its references are those published. */
class SolverTableTest {
  @Test
  void everySolverHasALine() {
    Set<String> contend =
        SolverTable.all().stream()
            .map(line -> Contender.of(line.solver()).solver().getClass().getName())
            .collect(Collectors.toSet());
    List<String> missing =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.tacit.solver")
                .stream()
                .filter(type -> type.isAssignableTo(Solver.class) && !type.isInterface())
                .filter(type -> !type.getFullName().equals(UserFunction.class.getName()))
                .filter(type -> type.getEnclosingClass().isEmpty())
                .map(JavaClass::getName)
                .filter(name -> !contend.contains(name))
                .toList();
    assertThat(contend).contains(Newton.class.getName());
    assertThat(missing).as("solvers without a line in solver-laws.txt").isEmpty();
  }

  @Test
  void everyNamedSolverHasALine() throws ReflectiveOperationException {
    Set<String> contend =
        SolverTable.all().stream()
            .map(line -> Contender.of(line.solver()).solver().name())
            .collect(Collectors.toSet());
    assertThat(contend).containsAll(NamedSolvers.names());
  }

  @Test
  void everyClaimHasALine() {
    Set<String> lines =
        SolverTable.all().stream()
            .map(line -> line.solver() + " | " + line.problem())
            .collect(Collectors.toSet());
    for (Contender contender : Contender.ALL) {
      SolverTable.onRowsByName()
          .forEach(
              (name, problem) -> {
                if (contender.claims().contains(problem.kind())) {
                  assertThat(lines).contains(contender.name() + " | " + name);
                }
              });
    }
  }

  private static Matrix solution(String name) {
    SolverProblem problem = SolverTable.problem(name);
    return problem.reference().at(problem.theta());
  }

  @Test
  void referencesAreThosePublished() {
    Matrix kinetics = solution("enzyme kinetics");
    assertThat(kinetics.at(0)).isCloseTo(0.36183689, within(1e-7));
    assertThat(kinetics.at(1)).isCloseTo(0.55626653, within(1e-7));
    assertThat(solution("cosine of rows").value()).isCloseTo(0.7390851332151607, within(1e-15));
    assertThat(solution("cubic of rows").value()).isCloseTo(1.5213797068045676, within(1e-15));
  }

  /** d/dt of (t, t^2), and of t cos x = x: cos x / (1 + sin x). */
  @Test
  void theirDerivativesAreThoseOfClosedForms() {
    Matrix one = Matrix.scalar(1);
    Matrix valley = SolverTable.problem("rosenbrock of rows").reference().jacobian(one);
    assertThat(valley.minus(Matrix.column(1, 2)).maxAbs()).isLessThan(1e-11);
    double x = solution("cosine of rows").value();
    Matrix cosine = SolverTable.problem("cosine of rows").reference().jacobian(one);
    assertThat(cosine.value()).isCloseTo(Math.cos(x) / (1 + Math.sin(x)), within(1e-11));
  }
}
