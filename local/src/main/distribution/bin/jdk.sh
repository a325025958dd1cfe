# Sourced: sets JAVA_HOME to a JDK 17, or ends with one line that says what to do.

# The major version in a JDK's release file; no JVM has to start for it.
jdk_major() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true
}

# The folder that the java on the path is installed in.
jdk_of_path() {
    program=$(command -v java) || return 0
    while [ -L "$program" ]; do
        target=$(readlink "$program")
        case $target in
            /*) program=$target ;;
            *) program=$(dirname "$program")/$target ;;
        esac
    done
    dirname "$(dirname "$program")"
}

use_jdk_17() {
    found=
    for candidate in "${JAVA_HOME:-}" "$(jdk_of_path)" \
        /usr/lib/jvm/*17* /usr/java/*17* /opt/java/* \
        /Library/Java/JavaVirtualMachines/*17*/Contents/Home \
        "$HOME"/.sdkman/candidates/java/17* "$HOME"/.jdks/*17*; do
        [ -n "$candidate" ] && [ -x "$candidate/bin/java" ] || continue
        if [ "$(jdk_major "$candidate")" = 17 ]; then
            JAVA_HOME=$candidate
            export JAVA_HOME
            return 0
        fi
        if [ -z "$found" ]; then
            found=" (found Java $(jdk_major "$candidate") at $candidate)"
        fi
    done
    echo "countinghouse: no JDK 17$found; install one, for example Eclipse Temurin 17, and set JAVA_HOME to it" >&2
    exit 2
}

# Sets TRINO_JAVA_HOME to a JDK that runs Trino, unless it is set; leaves it alone if there is none.
find_jdk_for_trino() {
    [ -z "${TRINO_JAVA_HOME:-}" ] || return 0
    for candidate in "${JAVA_HOME:-}" "$(jdk_of_path)" /usr/lib/jvm/* /usr/java/* /opt/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        [ -n "$candidate" ] && [ -x "$candidate/bin/java" ] || continue
        major=$(jdk_major "$candidate")
        if [ "${major:-0}" -ge 24 ]; then
            TRINO_JAVA_HOME=$candidate
            export TRINO_JAVA_HOME
            return 0
        fi
    done
}
