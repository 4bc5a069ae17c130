package org.tacit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The order of core's packages, and what stays outside core. */
@AnalyzeClasses(packages = "org.tacit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Each line may use only itself and the lines above it. A new package takes its place here. */
  private static final List<List<String>> LINES =
      List.of(
          List.of("matrix"),
          List.of("program"),
          List.of("primitive"),
          List.of("autodiff"),
          List.of("pass"),
          List.of("operator"),
          List.of("breeze"),
          List.of("linsolve"),
          List.of("projection", "loss"),
          List.of("optimality"),
          List.of("solver"),
          List.of("implicit"),
          List.of("model"),
          List.of("bilevel"),
          List.of("sweep"));

  @ArchTest static final ArchRule eachLineUsesOnlyLinesAbove = order();

  @ArchTest
  static final ArchRule everyPackageHasItsPlace =
      classes()
          .that()
          .doNotHaveSimpleName("package-info")
          .should()
          .resideInAnyPackage(
              LINES.stream().flatMap(line -> packages(line).stream()).toArray(String[]::new))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule scalaStaysBehindOurInterfaces =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tacit.breeze..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("breeze..", "scala..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule coreHasNoSparkAndNoHadoop =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule netlibIsStartedInOnePlace =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.tacit.matrix.Lapack")
          .and()
          .doNotHaveFullyQualifiedName("org.tacit.matrix.Blas")
          .should()
          .callMethodWhere(
              JavaCall.Predicates.target(
                      HasOwner.Predicates.With.owner(
                          JavaClass.Predicates.resideInAPackage("dev.ludovic.netlib..")))
                  .and(JavaCall.Predicates.target(HasName.Predicates.name("getInstance"))));

  /** Its factorisations are LAPACK's, native ones where netlib finds them. */
  @ArchTest
  static final ArchRule breezeFactorisesNothing =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "breeze\\.linalg\\.(LU|inv|pinv|cholesky|qr|qrp|eig|eigSym|svd|rank|det)\\$?");

  private static ArchRule order() {
    var order =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (var line : LINES) {
      order = order.layer(name(line)).definedBy(packages(line).toArray(String[]::new));
    }
    for (int i = 0; i < LINES.size(); i++) {
      var layer = order.whereLayer(name(LINES.get(i)));
      var above = LINES.subList(0, i).stream().map(ArchitectureTest::name).toArray(String[]::new);
      order = i == 0 ? layer.mayNotAccessAnyLayer() : layer.mayOnlyAccessLayers(above);
    }
    return order;
  }

  private static String name(List<String> line) {
    return String.join(", ", line);
  }

  private static List<String> packages(List<String> line) {
    return line.stream().map(name -> "org.tacit." + name + "..").toList();
  }
}
