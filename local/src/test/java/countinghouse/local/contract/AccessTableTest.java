package countinghouse.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.access.AccessRole;
import countinghouse.testing.contract.ContractOperation;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use what: a table with a row for every operation of the contract and a column for every role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(WholeApiExtension.class)
class AccessTableTest {
    private WholeApi api;
    private Map<String, List<AccessRole>> table;

    @BeforeAll
    void start(WholeApi running) throws IOException {
        api = running;
        table = readTable();
    }

    @Test
    void shouldHaveARowForEveryOperation() {
        assertThat(table.keySet())
                .isEqualTo(api.operations().stream()
                        .map(ContractOperation::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void shouldAdmitExactlyTheRolesOfTheTable() {
        SoftAssertions softly = new SoftAssertions();
        for (ContractOperation operation : api.operations()) {
            for (AccessRole role : AccessRole.values()) {
                int status = statusFor(operation, role);
                if (table.get(operation.name()).contains(role)) {
                    softly.assertThat(status)
                            .as("%s as %s", operation.name(), role)
                            .isNotIn(operation.isPublic() ? List.of(403, 500) : List.of(401, 403, 500));
                } else {
                    softly.assertThat(status)
                            .as("%s as %s", operation.name(), role)
                            .isEqualTo(403);
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void shouldAdmitStrangersOnlyWhereTheContractSaysSo() {
        SoftAssertions softly = new SoftAssertions();
        for (ContractOperation operation : api.operations()) {
            int status =
                    api.send(ApiRequest.example(operation).build(api.base())).status();
            softly.assertThat(status == 401)
                    .as("%s without a token: %d", operation.name(), status)
                    .isEqualTo(!operation.isPublic() || operation.path().endsWith("/login/refresh"));
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/meters/views/query?subject=theirs",
        "/api/v1/live?subject=theirs",
        "/api/v1/live/top?meter=views&subject=theirs",
        "/api/v1/live/jobs?subject=theirs",
        "/api/v1/live/waits?subject=theirs",
        "/api/v1/accounts/theirs",
        "/api/v1/accounts/theirs/usage",
        "/api/v1/accounts/theirs/earnings",
        "/api/v1/invoices?account=theirs",
        "/api/v1/payouts?account=theirs",
        "/api/v1/usage-reports/theirs?period=2026-09"
    })
    void shouldAnswerWhatBelongsToOthersAsIfItDidNotExist(String target) {
        for (AccessRole role : List.of(AccessRole.CREATOR, AccessRole.CUSTOMER)) {
            WholeApi.Answer theirs = get(target, role);
            WholeApi.Answer nobodys = get(target.replace("theirs", "nobody"), role);

            assertThat(theirs.status())
                    .as("%s as %s: %s", target, role, theirs.body())
                    .isEqualTo(404);
            assertThat(withoutIds(nobodys.body()).replace("nobody", "theirs")).isEqualTo(withoutIds(theirs.body()));
        }
    }

    private WholeApi.Answer get(String target, AccessRole role) {
        return api.send(HttpRequest.newBuilder(api.base().resolve(target))
                .header("Authorization", "Bearer " + api.token(role))
                .build());
    }

    private static String withoutIds(String body) {
        return body.replaceAll("\"correlationId\":\"[^\"]*\"", "");
    }

    private int statusFor(ContractOperation operation, AccessRole role) {
        ApiRequest request = ApiRequest.example(operation);
        request.headers.put("Authorization", "Bearer " + api.token(role, operation));
        return api.send(request.build(api.base())).status();
    }

    /** Lines of a method, a path and the letters of the roles; * for everybody. */
    private static Map<String, List<AccessRole>> readTable() throws IOException {
        try (InputStream stream = AccessTableTest.class.getResourceAsStream("/access-table.txt")) {
            Map<String, List<AccessRole>> table = new TreeMap<>();
            new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.trim().split("\\s+"))
                    .forEach(parts -> table.put(
                            parts[0] + " " + parts[1],
                            Arrays.stream(AccessRole.values())
                                    .filter(role -> parts[2].equals("*")
                                            || Arrays.asList(parts)
                                                    .subList(2, parts.length)
                                                    .contains(role.name().toLowerCase(java.util.Locale.ROOT)))
                                    .toList()));
            return table;
        }
    }
}
