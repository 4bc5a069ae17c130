package org.tacit.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What {@code include} in a configuration means: the file of that name beside the one that includes
 * it, on any Hadoop file system. One that is not there is an error, as is one that includes itself;
 * addresses of the web and the class path are refused unless allowed.
 */
record Included(List<String> chain, Set<Lookup> allowed)
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private static final Set<String> WEB = Set.of("http", "https", "ftp", "jar");

  Included {
    chain = List.copyOf(chain);
    allowed = Set.copyOf(allowed);
  }

  /** How text of the file at {@code location} is parsed; errors call it {@code name}. */
  static ConfigParseOptions options(String location, String name, Set<Lookup> allowed) {
    return options(new Included(List.of(location), allowed), name);
  }

  private static ConfigParseOptions options(Included included, String name) {
    return ConfigParseOptions.defaults().setOriginDescription(name).setIncluder(included);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    String scheme = new Path(what).toUri().getScheme();
    if (scheme != null && WEB.contains(scheme.toLowerCase(Locale.ROOT))) {
      require(Lookup.URL, what);
      return ConfigFactory.parseURL(address(what), within(what)).root();
    }
    return file(what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return file(what.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    require(Lookup.URL, "url(" + what + ")");
    return ConfigFactory.parseURL(what, within(what.toString())).root();
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    require(Lookup.CLASSPATH, "classpath(" + what + ")");
    return ConfigFactory.parseResources(Included.class.getClassLoader(), what, within(what)).root();
  }

  /** What that includes in turn is asked for its permission too. */
  private ConfigParseOptions within(String what) {
    return options(longer(what, what), what).setAllowMissing(false);
  }

  /** Inside what is at {@code where}, which was called {@code what}. */
  private Included longer(String where, String what) {
    if (chain.contains(where)) {
      throw wrong(what, "it includes itself", "break the circle");
    }
    List<String> longer = new ArrayList<>(chain);
    longer.add(where);
    return new Included(longer, allowed);
  }

  /** This alone. */
  @Override
  public ConfigIncluder withFallback(ConfigIncluder other) {
    return this;
  }

  private ConfigObject file(String what) {
    Path path = beside(what);
    Included inside = longer(path.toString(), what);
    try (var in = FileSystems.of(path, Hadoop.settings()).open(path)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ConfigFactory.parseString(text, options(inside, path.getName())).root();
    } catch (IOException unreadable) {
      throw wrong(
          what, "cannot be read: " + FileSystems.reason(unreadable), "must be a readable file");
    }
  }

  /** The file beside the including one, with .conf where the name leaves that out. */
  private Path beside(String what) {
    Path folder = new Path(last()).getParent();
    Path exact = folder == null ? new Path(what) : new Path(folder, what);
    for (Path path : List.of(exact, exact.suffix(".conf"))) {
      try {
        FileSystem files = FileSystems.of(path, Hadoop.settings());
        if (files.exists(path) && files.getFileStatus(path).isFile()) {
          return files.makeQualified(path);
        }
      } catch (ConfigException unknown) {
        throw new ConfigException(
            last() + ": Invalid include " + what + ": " + unknown.getMessage(), unknown);
      } catch (IOException unreachable) {
        throw wrong(
            what,
            "cannot be reached: " + FileSystems.reason(unreachable),
            "must be a readable file");
      }
    }
    throw wrong(what, "there is no file " + exact, "must exist beside the file that includes it");
  }

  private void require(Lookup lookup, String what) {
    if (!allowed.contains(lookup)) {
      String option = lookup.name().toLowerCase(Locale.ROOT);
      throw wrong(what, "it is no file", "name a file, or allow it by --allow " + option);
    }
  }

  private URL address(String what) {
    try {
      return java.net.URI.create(what).toURL();
    } catch (IllegalArgumentException | java.net.MalformedURLException malformed) {
      throw wrong(what, "it is no address", "must be one, as in https://host/base.conf");
    }
  }

  private ConfigException wrong(String what, String objection, String remedy) {
    return new ConfigException(
        last() + ": Invalid include " + what + ": " + objection + " (" + remedy + ")");
  }

  private String last() {
    return chain.get(chain.size() - 1);
  }
}
