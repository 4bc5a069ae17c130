# Sourced by the scripts beside it, which set root, the checkout. Everything said here goes to stderr: stdout is the program's.

lock="$root/target/build.lock"
# A SPARK_HOME: Spark's jars alone, as a cluster has them.
home="$root/spark-jobs/target/home"
# The folder of a cluster on this machine: logs, settings, ids of processes.
cluster="$(realpath -m -- "${TACIT_CLUSTER:-$root/target/cluster}")"

fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

# Sets java, the command, and jdk, its home.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java="$JAVA_HOME/bin/java"
    [ -x "$java" ] || fail "No java in JAVA_HOME: $JAVA_HOME (must be a JDK, 17 or newer)"
  else
    java="$(command -v java)" || fail "No java on the PATH (install a JDK, 17 or newer, or set JAVA_HOME)"
  fi
  jdk="$(dirname -- "$(dirname -- "$(readlink -f -- "$java")")")"
  local version=""
  # Asking java itself starts a JVM.
  [ ! -r "$jdk/release" ] || version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$jdk/release")"
  [ -n "$version" ] || version="$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')"
  [ "${version:-0}" -ge 17 ] \
    || fail "Java too old: ${version:-unknown} in $java (must be >= 17; install a JDK or set JAVA_HOME)"
}

# stale STAMP PATH...: whether the stamp is missing, or older than anything under the paths.
stale() {
  local stamp="$1" path
  shift
  [ -e "$stamp" ] || return 0
  for path in "$@"; do
    if [ -e "$path" ] && [ -n "$(find "$path" -newer "$stamp" -print -quit)" ]; then
      return 0
    fi
  done
  return 1
}

# build STAMP MODULES MAVEN_OPTION PATH...: packages the modules when the stamp is stale; one build at a time.
# TACIT_BUILD=no takes what is there, for machines without Maven and for builds under way.
build() {
  local stamp="$1" modules="$2" option="$3"
  shift 3
  [ "${TACIT_BUILD:-yes}" = yes ] || return 0
  set -- "$root/pom.xml" "$root/core/pom.xml" "$root/spark-jobs/pom.xml" "$@"
  stale "$stamp" "$@" || return 0
  mkdir -p "${lock%/*}"
  (
    if command -v flock >/dev/null; then
      flock 9
      stale "$stamp" "$@" || exit 0
    fi
    package "$stamp" "$modules" "$option"
  ) 9>"$lock" || exit 1
}

package() {
  local stamp="$1" modules="$2" option="$3" reason="first use"
  [ ! -e "$stamp" ] || reason="sources changed"
  command -v mvn >/dev/null || fail "No mvn on the PATH (install Maven 3.8 or newer: Tacit is built at its first use)"
  [ -x "$jdk/bin/javac" ] || fail "No javac in $jdk (Tacit is built at its first use: install a JDK, 17 or newer, or set JAVA_HOME)"
  printf 'building Tacit (%s)\n' "$reason" >&2

  # A jar of a version that a pom no longer names would stay on the class path.
  if stale "$home/.stamp" "$root/pom.xml" "$root/core/pom.xml" "$root/spark-jobs/pom.xml"; then
    rm -rf "$home"
  fi
  # The stamp has the time before the build, so that what is edited meanwhile is built next time.
  mkdir -p "${stamp%/*}"
  touch "$stamp.next"
  (cd "$root" && JAVA_HOME="$jdk" mvn -q -B "$option" "-Dtacit.commit=$(commit)" -Dspotless.check.skip -Dmaven.javadoc.skip -Dmaven.source.skip -pl "$modules" -am package) >&2 \
    || fail "The build failed, see above"
  mv "$stamp.next" "$stamp"
}

# The commit of the checkout, as results name it; "unknown" where there is no git.
commit() {
  git -C "$root" describe --always --dirty --abbrev=40 --exclude '*' 2>/dev/null || echo unknown
}

# Sets application, the jar that spark-submit is given.
find_application() {
  local jars=("$root"/spark-jobs/target/tacit-spark-jobs-*-application.jar)
  [ "${#jars[@]}" = 1 ] && [ -e "${jars[0]}" ] || fail "Not one application jar: ${jars[*]} (must be built: mvn clean, then try again)"
  application="${jars[0]}"
}

# Sets embedded, the class path of Tacit in one JVM, and small, the JVM options that make small jobs start sooner: they share the classes
# which such a job loads (AppCDS, an archive made after a build by running one), and have less of their code profiled and optimised, which
# costs long ones a moment. java does without, and says nothing, where jars or version are not those of the archive.
find_archive() {
  local file="$home/classes.jsa"
  # Ours first: what is looked for here is not looked for in two hundred jars before.
  embedded="$application:$home/jars/*"
  small=("-XX:Tier3DelayOn=0" "-XX:Tier4InvocationThreshold=20000" "-XX:Tier4MinInvocationThreshold=2400" "-XX:Tier4CompileThreshold=60000"
    "-XX:Tier4BackEdgeThreshold=160000")
  if [ "${TACIT_BUILD:-yes}" = yes ] && [ ! "$file" -nt "$application" ]; then
    (
      if command -v flock >/dev/null; then
        flock 9
        [ ! "$file" -nt "$application" ] || exit 0
      fi
      make_archive "$file"
    ) 9>"$lock" >/dev/null 2>&1 || true
  fi
  [ ! -s "$file" ] || small+=("-XX:SharedArchiveFile=$file" "-Xlog:cds*=off")
}

# A static archive, whose class files may be as old as the command line's. An empty file where this java makes none: that is not tried again
# before the next build.
make_archive() {
  local file="$1" trial
  trial="$(mktemp -d)"
  rm -f "$file.next"
  (run 1g "$embedded" "-XX:DumpLoadedClassList=$trial/classes" org.tacit.job.Tacit \
    tune "$root/conf/breast-cancer.conf" --output "$trial/results") || true
  (run 1g "$embedded" -Xshare:dump "-XX:SharedClassListFile=$trial/classes" "-XX:SharedArchiveFile=$file.next") || true
  rm -rf "$trial"
  [ -s "$file.next" ] || : >"$file.next"
  mv "$file.next" "$file"
}

# run MEMORY CLASS_PATH [JVM_OPTION...] MAIN_CLASS ARGUMENT...: becomes the program, in the caller's working directory.
# TACIT_BLAS says what runs wide products: java (the default), or native, the machine's own library.
run() {
  local memory="$1" class_path="$2" blas="${TACIT_BLAS:-java}"
  shift 2
  case "$blas" in
    java) ;;
    # Tasks run in parallel already.
    native) export OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}" ;;
    *) fail "Invalid TACIT_BLAS: $blas (must be java or native)" ;;
  esac
  # An embedded session talks to itself only.
  export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}"
  exec "$java" "@$root/conf/jvm.options" "-Xmx$memory" "-Dlog4j2.configurationFile=$root/conf/log4j2.properties" \
    "-Dtacit.conf=$root/conf" "-Dtacit.blas=$blas" -cp "$class_path" "$@"
}

# submit MASTER DEPLOY_MODE SPARK_SUBMIT_ARGUMENT...: becomes spark-submit, with Spark's own jars; in client mode it is the driver.
# TACIT_MEMORY is its heap where --conf spark.driver.memory is not said (in client mode 4g, in cluster mode Spark's own).
submit() {
  local master="$1" mode="$2"
  shift 2
  export SPARK_HOME="$home"
  case "$master" in
    yarn)
      if [ -z "${HADOOP_CONF_DIR:-}${YARN_CONF_DIR:-}" ]; then
        [ -e "$cluster/conf/yarn-site.xml" ] \
          || fail "No HADOOP_CONF_DIR (must be the folder of the cluster's yarn-site.xml; scripts/cluster start --yarn makes a cluster here)"
        export HADOOP_CONF_DIR="$cluster/conf" SPARK_CONF_DIR="$cluster/conf" SPARK_LOCAL_IP=127.0.0.1
      fi
      ;;
    # A cluster of this machine alone.
    local* | spark://127.0.0.1:* | spark://localhost:*) export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}" ;;
  esac
  local settings=() word
  if [ "$mode" = cluster ]; then
    # YARN starts the driver by a shell, for which Spark leaves these as they are.
    for word in "$@"; do
      [ "$master" != yarn ] || [[ "$word" != *['`']* && "$word" != *'{{'* && "$word" != *'}}'* && "$word" != *'<LOG_DIR>'* && "$word" != *'<CPS>'* ]] \
        || fail "Argument that YARN's shell would change: $word (must be without backquotes, {{, }}, <LOG_DIR> and <CPS>; put the value into the configuration)"
    done
    [ "$master" = yarn ] || echo "The driver runs on the cluster, and what it says is in its worker's log; --output DIR has status.json" >&2
    # Spark gives its module options to executors, not to a driver that a worker starts; spark-submit waits for the end;
    # and what failed once would fail again.
    settings=(--conf "spark.driver.extraJavaOptions=$(grep -e "^--add" "$root/conf/jvm.options" | tr "\n" " ")" --conf spark.standalone.submit.waitAppCompletion=true
      --conf spark.yarn.maxAppAttempts=1)
  fi
  # Spark's launcher knows which of its settings make the driver's command.
  if [ "$mode" != cluster ] || [ -n "${TACIT_MEMORY:-}" ]; then
    export SPARK_DRIVER_MEMORY="${TACIT_MEMORY:-4g}"
  fi
  export SPARK_SCALA_VERSION=2.13 JAVA_HOME="$jdk"
  export SPARK_SUBMIT_OPTS="\"@$root/conf/jvm.options\" \"-Dlog4j2.configurationFile=$root/conf/log4j2.properties\" \"-Dtacit.conf=$root/conf\" -Dtacit.log.tasks=warn ${SPARK_SUBMIT_OPTS:-}"
  local command
  mapfile -d '' -t command < <("$java" -Xmx128m -XX:+UseSerialGC -cp "$home/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "${settings[@]}" "$@")
  # It begins with an empty word, and a line.
  [ "${#command[@]}" -gt 2 ] || fail "Spark's launcher made no command, see above"
  exec "${command[1]#$'\n'}" "${command[@]:2}"
}
