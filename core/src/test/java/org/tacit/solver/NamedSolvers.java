package org.tacit.solver;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The solvers that the families name and need nothing more for, read off the families. */
final class NamedSolvers {
  private static final List<Class<?>> FAMILIES =
      List.of(
          Minimiser.class, CompositeMinimiser.class, ConstrainedMinimiser.class, RootFinder.class);

  private NamedSolvers() {}

  static Set<String> names() throws ReflectiveOperationException {
    Set<String> names = new LinkedHashSet<>(Set.of(Solver.automatic().name()));
    for (Class<?> family : FAMILIES) {
      for (Method method : family.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0) {
          names.add(((Solver) method.invoke(null)).name());
        }
      }
    }
    return names;
  }
}
