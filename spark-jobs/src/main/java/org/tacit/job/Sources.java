package org.tacit.job;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tacit.config.Section;
import org.tacit.data.Part;
import org.tacit.data.Parts;
import org.tacit.data.Source;
import org.tacit.data.Split;
import org.tacit.data.TableReader;

/** Where the parts of the data are: separate files, or one file and a split of its rows. */
sealed interface Sources {
  /** The file whose size says most. */
  String path();

  /** The key of {@code data} that names it. */
  String key();

  /** Reads all parts; {@code open} makes the source of a key and the path it names. */
  Parts read(TableReader reader, BiFunction<String, String, Source> open);

  /** A file a part. */
  record Separate(Map<Part, String> paths) implements Sources {
    @Override
    public String path() {
      return paths.get(Part.TRAIN);
    }

    @Override
    public String key() {
      return "train";
    }

    @Override
    public Parts read(TableReader reader, BiFunction<String, String, Source> open) {
      Map<Part, Source> sources = new EnumMap<>(Part.class);
      new EnumMap<>(paths)
          .forEach((part, path) -> sources.put(part, open.apply(part.toString(), path)));
      return reader.read(sources);
    }
  }

  /** One file, row r going to the part whose list holds r mod {@code modulo}. */
  record Modulo(String path, int modulo, Map<Part, List<Integer>> remainders) implements Sources {
    private static final int MOST = 1_000_000;

    @Override
    public String key() {
      return "path";
    }

    @Override
    public Parts read(TableReader reader, BiFunction<String, String, Source> open) {
      return reader.read(
          open.apply(key(), path),
          Split.modulo(modulo, remainders),
          List.copyOf(remainders.keySet()));
    }

    /** All rows, for training. */
    private static Modulo whole(String path) {
      return new Modulo(path, 1, Map.of(Part.TRAIN, List.of(0)));
    }

    /** Validation rows, or where neither part is named all that are no test rows, for training. */
    private Modulo folded() {
      Set<Integer> test = new HashSet<>(remainders.getOrDefault(Part.TEST, List.of()));
      List<Integer> others =
          Stream.of(Part.TRAIN, Part.VALIDATION)
              .flatMap(part -> remainders.getOrDefault(part, List.of()).stream())
              .toList();
      List<Integer> rest =
          IntStream.range(0, modulo).boxed().filter(r -> !test.contains(r)).toList();
      Map<Part, List<Integer>> folded = new EnumMap<>(Part.class);
      folded.put(Part.TRAIN, others.isEmpty() ? rest : others);
      if (!test.isEmpty()) {
        folded.put(Part.TEST, List.copyOf(test));
      }
      return new Modulo(path, modulo, folded);
    }

    private static Modulo of(String path, Section split) {
      if (!split.has("modulo")) {
        throw split.missing("modulo");
      }
      int modulo = split.integer("modulo", 2, 2, MOST);
      Set<Integer> seen = new HashSet<>();
      Map<Part, List<Integer>> remainders = new EnumMap<>(Part.class);
      for (Part part : Part.values()) {
        String key = part.toString();
        List<Integer> ofPart = split.someIntegers(key, "one remainder or more, or left out");
        if (ofPart.stream().anyMatch(r -> r >= modulo || !seen.add(r))) {
          throw split.wrong(key, "remainders < " + modulo + ", each in one part only");
        }
        if (!ofPart.isEmpty()) {
          remainders.put(part, ofPart);
        }
      }
      return new Modulo(path, modulo, remainders);
    }

    private Modulo with(Section split, Part... parts) {
      for (Part part : parts) {
        if (!remainders.containsKey(part)) {
          throw split.missing(part.toString());
        }
      }
      return this;
    }
  }

  /** One file, rows going to train, validation and test at random in these fractions. */
  record Fraction(String path, List<Double> fractions, long seed) implements Sources {
    @Override
    public String key() {
      return "path";
    }

    @Override
    public Parts read(TableReader reader, BiFunction<String, String, Source> open) {
      return reader.read(
          open.apply(key(), path),
          Split.fractions(seed, fractions),
          IntStream.range(0, fractions.size())
              .filter(part -> fractions.get(part) > 0)
              .mapToObj(List.of(Part.values())::get)
              .toList());
    }

    /** Validation rows for training. */
    private Fraction folded() {
      double fitted = fractions.get(0) + fractions.get(1);
      return new Fraction(
          path, fractions.size() < 3 ? List.of(1.0) : List.of(fitted, 0.0, fractions.get(2)), seed);
    }

    private static Fraction of(String path, Section split) {
      List<Double> fractions = split.numbers("fraction");
      double sum = fractions.stream().mapToDouble(Double::doubleValue).sum();
      boolean isAlone = fractions.size() == 1 && sum > 0 && sum < 1;
      boolean isList = fractions.size() > 1 && fractions.size() <= 3 && Math.abs(sum - 1) < 1e-9;
      if (fractions.stream().anyMatch(f -> !(f > 0)) || !(isAlone || isList)) {
        throw split.wrong(
            "fraction",
            "the training fraction, > 0 and < 1, or [train, validation, test] that add up to 1");
      }
      List<Double> all = isAlone ? List.of(sum, 1 - sum) : fractions;
      return new Fraction(path, all, split.integer("seed", 0, 0));
    }
  }

  static Sources of(Section data) {
    if (!data.has("path")) {
      return separate(data, List.of(Part.TRAIN, Part.VALIDATION));
    }
    requireAlone(data);
    if (!data.has("split")) {
      throw data.missing("split");
    }
    Section split = split(data);
    String path = data.requiredText("path");
    return split.has("fraction")
        ? Fraction.of(path, split)
        : Modulo.of(path, split).with(split, Part.TRAIN, Part.VALIDATION);
  }

  private static Section split(Section data) {
    return data.section("split", "modulo", "train", "validation", "test", "fraction", "seed");
  }

  /** The same where folds hold rows out: all but the test rows are for training. */
  static Sources ofFolds(Section data) {
    if (data.has("validation")) {
      throw data.wrong(
          "validation",
          "left out beside folds, which hold rows of data.train out (add its rows to that file, or"
              + " leave out folds)");
    }
    if (!data.has("path")) {
      return separate(data, List.of(Part.TRAIN));
    }
    requireAlone(data);
    String path = data.requiredText("path");
    if (!data.has("split")) {
      return Modulo.whole(path);
    }
    Section split = split(data);
    return split.has("fraction")
        ? Fraction.of(path, split).folded()
        : Modulo.of(path, split).folded();
  }

  private static void requireAlone(Section data) {
    if (data.has("train") || data.has("validation") || data.has("test")) {
      throw data.wrong("path", "left out beside data.train, data.validation and data.test");
    }
  }

  private static Separate separate(Section data, List<Part> required) {
    if (!data.has("train")) {
      throw data.missing("train");
    }
    if (data.has("split")) {
      throw data.wrong("split", "left out beside data.train, or stand beside data.path");
    }
    Map<Part, String> paths = new EnumMap<>(Part.class);
    required.forEach(part -> paths.put(part, data.requiredText(part.toString())));
    data.text("test").ifPresent(path -> paths.put(Part.TEST, path));
    return new Separate(paths);
  }
}
