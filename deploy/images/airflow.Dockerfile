# Airflow with the DAGs and the distribution that their tasks call. Build that first: ./mvnw -DskipTests package
FROM eclipse-temurin:17.0.15_6-jre-jammy AS java
FROM apache/airflow:3.3.2-python3.12
COPY --from=java /opt/java/openjdk /opt/java/openjdk
COPY --chown=root:root local/target/countinghouse /opt/countinghouse
COPY --chown=root:root airflow-dags/dags /opt/airflow/dags
COPY --chown=root:root airflow-dags/pools.json /opt/airflow/pools.json
USER root
RUN install -d -o airflow /var/lib/countinghouse/backups
USER airflow
ENV JAVA_HOME=/opt/java/openjdk COUNTINGHOUSE_PROGRAM=/opt/countinghouse/bin/countinghouse
