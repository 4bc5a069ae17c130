"""Airflow: penalties tuned every night; refused input fails the run, a result that did not converge is told by exit code 3.

In cluster deploy mode spark-submit's own exit code is Spark's, so the second task reads Tacit's status.json.
"""

import json
import subprocess
from datetime import datetime

from airflow.decorators import dag, task
from airflow.exceptions import AirflowFailException
from airflow.operators.bash import BashOperator

RESULTS = "hdfs:///tacit/results/{{ ds }}"


@dag(schedule="0 2 * * *", start_date=datetime(2026, 1, 1), catchup=False, max_active_runs=1)
def tacit():
    tune = BashOperator(
        task_id="tune",
        # A status of an earlier try must not pass for this one's.
        bash_command=f"hdfs dfs -rm -f {RESULTS}/status.json && "
        "spark-submit --master yarn --deploy-mode cluster --properties-file /opt/tacit/conf/cluster/yarn.properties"
        " --class org.tacit.job.Tacit /opt/tacit/tacit.jar tune hdfs:///tacit/mine.conf"
        f" --output {RESULTS} --overwrite",
    )

    @task(trigger_rule="all_done")
    def status(folder: str):
        text = subprocess.run(["hdfs", "dfs", "-cat", f"{folder}/status.json"], check=True, capture_output=True).stdout
        found = json.loads(text)
        if found["state"] != "finished":
            raise RuntimeError(f"the driver ended before its work: {found['application']}")
        if found["exitCode"] in (1, 2):
            raise AirflowFailException([each["message"] for each in found["configurations"]])
        return found["exitCode"]

    tune >> status(RESULTS)


tacit()
