package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.pgvalue.Secrets;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.NearMatch;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.util.List;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_HBA_LINE;

/**
 * Every line is one that PostgreSQL would accept: a single bad one voids a reload and keeps a server from starting.
 *
 * @see <a href="https://www.postgresql.org/docs/15/auth-pg-hba-conf.html">pg_hba.conf</a>
 */
final class HbaLinesAreWellFormed implements Rule {
    private static final List<String> TYPES =
            List.of("local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc");
    private static final List<String> METHODS = List.of(
            "trust",
            "reject",
            "scram-sha-256",
            "md5",
            "password",
            "gss",
            "sspi",
            "ident",
            "peer",
            "ldap",
            "radius",
            "cert",
            "pam",
            "bsd",
            "oauth");
    private static final String EXAMPLE = "for example: host replication rep 10.0.0.0/16 scram-sha-256";

    @Override
    public void check(Draft draft, Problems problems) {
        draft.hba().ifPresent(lines -> lines.forEach(line -> check(line, problems)));
    }

    static boolean isWellFormed(Written line) {
        Problems problems = new Problems();
        check(line, problems);
        return problems.isEmpty();
    }

    private static void check(Written line, Problems problems) {
        if (!SettingsAreWellFormed.isOneLine(line.text())) {
            problems.add(line.problem(INVALID_HBA_LINE, "a line of pg_hba.conf is one line")
                    .hint("write each line as an item of its own, with a dash"));
            return;
        }
        List<String> fields = HbaFields.of(line.text());
        if (fields.isEmpty()) {
            problems.add(line.problem(INVALID_HBA_LINE, "an empty line lets nobody in")
                    .hint("remove it"));
        } else if (!TYPES.contains(fields.get(0))) {
            problems.add(line.problem(INVALID_HBA_LINE, "a line cannot begin with \"" + fields.get(0) + "\"")
                    .detail("types: " + String.join(", ", TYPES))
                    .hint(NearMatch.question(fields.get(0), TYPES)));
        } else if (fields.get(0).equals("local")) {
            local(line, fields, problems);
        } else {
            remote(line, fields, problems);
        }
    }

    private static void local(Written line, List<String> fields, Problems problems) {
        if (fields.size() < 4) {
            problems.add(tooShort(line, fields, "local DATABASE USER METHOD"));
        } else {
            method(line, fields, 3, problems);
        }
    }

    private static void remote(Written line, List<String> fields, Problems problems) {
        if (fields.size() < 5) {
            problems.add(tooShort(line, fields, fields.get(0) + " DATABASE USER ADDRESS METHOD"));
            return;
        }
        String address = fields.get(3);
        boolean ip = IpAddress.bytes(address).isPresent();
        boolean mask = ip && IpAddress.bytes(fields.get(4)).isPresent();
        if (ip && !mask) {
            problems.add(line.problem(INVALID_HBA_LINE, "the address " + address + " has no mask")
                    .hint("for this one address write " + address + (address.contains(":") ? "/128" : "/32")));
        } else if (address.contains("/") && !isNetwork(address)) {
            problems.add(line.problem(INVALID_HBA_LINE, "\"" + address + "\" is not a network")
                    .hint(EXAMPLE));
        } else if (mask && fields.size() < 6) {
            problems.add(tooShort(line, fields, fields.get(0) + " DATABASE USER ADDRESS MASK METHOD"));
        } else {
            method(line, fields, mask ? 5 : 4, problems);
        }
    }

    private static boolean isNetwork(String text) {
        String[] parts = text.split("/", -1);
        return parts.length == 2
                && parts[1].matches("[0-9]{1,3}")
                && IpAddress.bytes(parts[0])
                        .filter(bytes -> Integer.parseInt(parts[1]) <= bytes.length * 8)
                        .isPresent();
    }

    private static void method(Written line, List<String> fields, int at, Problems problems) {
        String method = fields.get(at);
        if (!METHODS.contains(method)) {
            problems.add(line.problem(INVALID_HBA_LINE, "unknown authentication method \"" + method + "\"")
                    .detail("methods: " + String.join(", ", METHODS))
                    .hint(NearMatch.question(method, METHODS)));
        } else if (method.equals("peer") && !fields.get(0).equals("local")) {
            problems.add(line.problem(INVALID_HBA_LINE, "\"peer\" works on local sockets only")
                    .hint("for a connection by network: scram-sha-256"));
        } else if (method.equals("cert") && !fields.get(0).equals("hostssl")) {
            problems.add(line.problem(INVALID_HBA_LINE, "\"cert\" works with hostssl only")
                    .hint("begin it with hostssl"));
        } else {
            options(line, fields.subList(at + 1, fields.size()), problems);
        }
    }

    private static void options(Written line, List<String> options, Problems problems) {
        options.stream()
                .filter(option -> option.indexOf('=') < 1)
                .findFirst()
                .ifPresent(option ->
                        problems.add(Secrets.isIn(line.text()) ? pieceOfASecret(line) : noOption(line, option)));
    }

    private static Problem noOption(Written line, String option) {
        return line.problem(INVALID_HBA_LINE, "\"" + option + "\" behind the method is not an option")
                .hint("options are written name=value; is there a field too many?");
    }

    /** It may be one, and is not told. */
    private static Problem pieceOfASecret(Written line) {
        return line.problem(INVALID_HBA_LINE, "a word behind the method is not an option")
                .hint("options are written name=value; is a secret with a blank in it not in double quotes?");
    }

    private static Problem tooShort(Written line, List<String> fields, String wanted) {
        return line.problem(
                        INVALID_HBA_LINE,
                        "the line has " + Counted.of(fields.size(), "field") + ", a \"" + fields.get(0)
                                + "\" line at least " + wanted.split(" ", -1).length)
                .detail("its fields are " + wanted)
                .hint(EXAMPLE);
    }
}
