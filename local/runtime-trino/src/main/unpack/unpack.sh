#!/bin/sh
# unpack.sh ARCHIVE FOLDER VERSION: the parts of Trino's server that we use, in the folder; nothing to do if they are there.
set -eu
archive=$1
folder=$2
version=$3
[ "$(cat "$folder/version" 2>/dev/null || true)" = "$version" ] && exit 0

# The whole archive first: its files are hard links to one another.
whole=$folder.unpacking
rm -rf "$whole" "$folder"
mkdir -p "$whole" "$folder/plugin"
tar -xzf "$archive" -C "$whole" --strip-components=1
for part in bin lib secrets-plugin NOTICE; do
    mv "$whole/$part" "$folder/"
done
# PostgreSQL's plugin needs the types of the geospatial one.
for plugin in iceberg postgresql geospatial; do
    mv "$whole/plugin/$plugin" "$folder/plugin/"
done
rm -rf "$whole"
echo "$version" >"$folder/version"
