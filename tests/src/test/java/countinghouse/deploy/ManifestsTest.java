package countinghouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manifests, as far as they can be judged without a cluster. */
class ManifestsTest {
    private static final Manifests MANIFESTS = Manifests.read();

    @Test
    void shouldRefuseAFieldThatKubernetesDoesNotHave() throws Exception {
        JsonNode misspelt = new YAMLMapper()
                .readTree("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replica: 1}}");
        assertThatThrownBy(() -> Manifests.object(misspelt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("replica");
    }

    @Test
    void shouldLiveInOneNamespaceUnderNamesOfTheirOwn() {
        assertThat(MANIFESTS.objects())
                .extracting(
                        object -> object.getKind() + "/" + object.getMetadata().getName())
                .doesNotHaveDuplicates();
        assertThat(MANIFESTS.objects().stream()
                        .filter(object -> !object.getKind().equals("Namespace")))
                .allMatch(object -> "countinghouse".equals(object.getMetadata().getNamespace()));
    }

    @Test
    void shouldServeRolesThatExistFromThePinnedImage() {
        assertThat(containers()).hasSize(5).allSatisfy(container -> assertThat(container.getImage())
                .isEqualTo(ComposeFile.read().services().get("api").image()));
        assertThat(servers()).hasSize(4).allSatisfy(container -> KnownRoles.assertServes(container.getArgs()));
    }

    @Test
    void shouldPrepareTheServersAsComposeDoesWithASecretThatNobodyElseSees() {
        assertThat(MANIFESTS.of(Job.class)).singleElement().satisfies(job -> {
            PodSpec pod = job.getSpec().getTemplate().getSpec();
            assertThat(pod.getContainers().get(0).getArgs())
                    .isEqualTo(ComposeFile.read().services().get("setup").texts("command"));
            assertThat(secrets(pod)).containsExactly("countinghouse-setup");
        });
        assertThat(MANIFESTS.servers())
                .allSatisfy(pod -> assertThat(secrets(pod.getSpec())).containsExactly("countinghouse"));
    }

    private static List<String> secrets(PodSpec pod) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getSecret() != null)
                .map(volume -> volume.getSecret().getSecretName())
                .toList();
    }

    @Test
    void shouldSetOnlyWhatOurCodeReads() {
        Map<String, String> settings = MANIFESTS.of(ConfigMap.class).get(0).getData();
        Set<String> known = KnownSettings.variables();
        assertThat(known).containsAll(settings.keySet());
        assertThat(containers()).allSatisfy(container -> assertThat(known)
                .containsAll(container.getEnv().stream().map(EnvVar::getName).toList()));
    }

    @Test
    void shouldProbeRoutesThatExistOnThePortThatIsServed() {
        String port = MANIFESTS.of(ConfigMap.class).get(0).getData().get("COUNTINGHOUSE_HTTP_PORT");
        String http = Repository.text(
                Repository.ROOT.resolve("service-kit/src/main/java/countinghouse/kit/http/HttpService.java"));
        assertThat(servers()).allSatisfy(container -> {
            assertThat(container.getPorts()).singleElement().satisfies(served -> {
                assertThat(served.getName()).isEqualTo("http");
                assertThat(served.getContainerPort()).hasToString(port);
            });
            for (Probe probe :
                    List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
                assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
                assertThat(http).contains("\"" + probe.getHttpGet().getPath() + "\"");
            }
            assertThat(container.getReadinessProbe().getHttpGet().getPath())
                    .isNotEqualTo(container.getLivenessProbe().getHttpGet().getPath());
        });
    }

    @Test
    void shouldLimitAndConfineEveryContainer() {
        assertThat(containers()).allSatisfy(container -> {
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory");
            container.getResources().getRequests().forEach((resource, request) -> assertThat(number(request))
                    .isLessThanOrEqualTo(
                            number(container.getResources().getLimits().get(resource))));
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
        });
        assertThat(MANIFESTS.pods())
                .allMatch(pod -> pod.getSpec().getSecurityContext().getRunAsNonRoot());
    }

    @Test
    void shouldSelectOnlyPodsThatSomethingStarts() {
        Set<String> apps = MANIFESTS.servers().stream()
                .map(pod -> pod.getMetadata().getLabels().get("app"))
                .collect(Collectors.toSet());
        assertThat(MANIFESTS.of(Service.class))
                .extracting(service -> service.getSpec().getSelector().get("app"))
                .containsExactlyInAnyOrderElementsOf(apps);
        assertThat(MANIFESTS.of(PodDisruptionBudget.class))
                .extracting(budget ->
                        budget.getSpec().getSelector().getMatchLabels().get("app"))
                .containsExactlyInAnyOrder("api", "speed");
        assertThat(MANIFESTS.of(Deployment.class)).allSatisfy(deployment -> assertThat(
                        deployment.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels()));
    }

    @Test
    void shouldScaleTheApiFromThreeToTenAtFourFifthsOfItsProcessors() {
        assertThat(MANIFESTS.of(HorizontalPodAutoscaler.class)).singleElement().satisfies(scaler -> {
            var spec = scaler.getSpec();
            assertThat(spec.getScaleTargetRef().getName()).isEqualTo("api");
            assertThat(spec.getMinReplicas()).isEqualTo(3);
            assertThat(spec.getMaxReplicas()).isEqualTo(10);
            assertThat(spec.getMetrics()).singleElement().satisfies(metric -> {
                assertThat(metric.getResource().getName()).isEqualTo("cpu");
                assertThat(metric.getResource().getTarget().getAverageUtilization())
                        .isEqualTo(80);
            });
        });
        assertThat(MANIFESTS.of(Deployment.class).stream()
                        .filter(deployment -> deployment.getMetadata().getName().equals("api")))
                .as("a fixed number would undo what the scaler did")
                .allMatch(deployment -> deployment.getSpec().getReplicas() == null);
    }

    @Test
    void shouldForbidAllTrafficThatNoRuleAllows() {
        assertThat(MANIFESTS.of(NetworkPolicy.class)).anySatisfy(policy -> {
            assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEmpty();
            assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
            assertThat(policy.getSpec().getIngress()).isEmpty();
            assertThat(policy.getSpec().getEgress()).isEmpty();
        });
    }

    private static List<Container> containers() {
        return containers(MANIFESTS.pods());
    }

    private static List<Container> servers() {
        return containers(MANIFESTS.servers());
    }

    private static List<Container> containers(List<PodTemplateSpec> pods) {
        return pods.stream()
                .map(PodTemplateSpec::getSpec)
                .flatMap(pod -> pod.getContainers().stream())
                .toList();
    }

    private static BigDecimal number(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
    }
}
