package org.tacit.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tacit.program.Primitive;
import org.tacit.program.Shape;

class PrimitiveCatalogueTest {
  @Test
  void everyPrimitiveOfThePackageIsInTheCatalogue() throws Exception {
    assertThat(catalogued()).containsAll(primitivesOfThePackage());
  }

  @Test
  void onlyWhatMovesRowsOrSolvesIsNotTriedOnTables() {
    for (PrimitiveCase line : PrimitiveCatalogue.all()) {
      if (!line.hasRows()) {
        assertThat(line.build().apply(inputs(line)).node().operation())
            .as("a case without rows")
            .isInstanceOfAny(
                Transpose.class,
                Reshape.class,
                Slice.class,
                Pad.class,
                Concatenate.class,
                MatMul.class,
                Solve.class);
      }
    }
  }

  private static Set<String> primitivesOfThePackage()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path classes = Path.of(Var.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = classes.resolve(Var.class.getPackageName().replace('.', '/'));
    Set<String> names = new TreeSet<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName(Var.class.getPackageName() + "." + name);
        if (type.isRecord() && Primitive.class.isAssignableFrom(type)) {
          names.add(name);
        }
      }
    }
    assertThat(names).contains("Abs", "MatMul", "Where");
    return names;
  }

  private static Set<String> catalogued() {
    return PrimitiveCatalogue.all().stream()
        .map(line -> line.build().apply(inputs(line)).node().operation().getClass())
        .map(Class::getSimpleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Var> inputs(PrimitiveCase line) {
    return java.util.stream.IntStream.range(0, line.arguments().size())
        .mapToObj(
            i -> {
              Argument argument = line.arguments().get(i);
              int rows = argument.isByRow() ? 5 : argument.rows();
              return Var.input("x" + i, Shape.of(rows, argument.cols()));
            })
        .toList();
  }
}
