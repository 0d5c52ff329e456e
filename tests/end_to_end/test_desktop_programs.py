"""What our files look like in the programs of those who get them. Run with ``-m desktop``.

Debian packages: python3-qgis, python3-gdal, libreoffice-calc. They bring a Python of their own.
"""

import json
import shutil
import subprocess

import pytest
from made_up import HOSTILE, MADE_BY, event, few

from geomapper.exporting import exporter_for
from geomapper.model import Actor

SYSTEM_PYTHON = "/usr/bin/python3"
QGIS = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsMapRendererSequentialJob, QgsMapSettings, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
app = QgsApplication([], False)
app.initQgis()
told, layers = {}, []
for name in ("points", "arrows", "areas", "events"):
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    renderer = layer.renderer()
    told[name] = [layer.isValid(), layer.featureCount(), renderer.type() if renderer else None]
    told[name + " dates"] = [f.typeName() for f in layer.fields() if f.name() == "date_start"]
    layers += [layer] if renderer else []
settings = QgsMapSettings()
settings.setLayers(layers)
settings.setOutputSize(QSize(600, 400))
settings.setExtent(QgsRectangle(28, 44, 42, 53))
job = QgsMapRendererSequentialJob(settings)
job.start()
job.waitForFinished()
image = job.renderedImage()
told["colours"] = len({image.pixel(x, y) for x in range(0, 600, 2) for y in range(0, 400, 2)})
told["errors"] = [each.message for each in job.errors()]
print(json.dumps(told))
sys.stdout.flush()
os._exit(0)  # QGIS itself may crash on its way out
"""

pytestmark = pytest.mark.desktop


def program(name, module=None):
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not here")
    if module:
        found = subprocess.run([name, "-c", f"import {module}"], check=False, capture_output=True)
        if found.returncode:
            pytest.skip(f"{module} is not here")
    return name


@pytest.fixture
def written(tmp_path):
    def write(events, format_):
        path = tmp_path / f"events{exporter_for(format_, None).suffix}"
        exporter_for(format_, None).export(events, path, provenance=MADE_BY)
        return path

    return write


def test_qgis_opens_the_geopackage_with_our_styles(written):
    python = program(SYSTEM_PYTHON, "qgis.core")
    done = subprocess.run(
        [python, "-c", QGIS, str(written(few(), "gpkg"))],
        check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    for name, count in (("points", 2), ("areas", 2), ("arrows", 1)):
        assert told[name] == [True, count, "categorizedSymbol"]
        assert told[f"{name} dates"] == ["Date"]
    assert told["events"][:2] == [True, 5]
    assert told["errors"] == []
    assert told["colours"] > 20


@pytest.mark.parametrize("events", [few(), ()], ids=["some", "none"])
def test_gdal_validates_the_geopackage(written, events):
    python = program(SYSTEM_PYTHON, "osgeo_utils.samples.validate_gpkg")
    command = [python, "-m", "osgeo_utils.samples.validate_gpkg", "--extra", "--warning-as-error"]
    done = subprocess.run(
        [*command, str(written(events, "gpkg"))], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "format_", ["geojson", "geojsonl", "geojsons", "gpkg", "csv", "kml", "fgb"]
)
def test_gdal_opens_what_we_write(written, format_):
    done = subprocess.run(
        [program("ogrinfo"), "-ro", "-al", "-so", str(written(few(), format_))],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "Feature Count: " in done.stdout
    assert "Warning" not in done.stderr


def test_libreoffice_opens_the_csv_and_runs_no_formula(written, tmp_path):
    events = [event(id=f"e{n}", subtype=text, actor=Actor(text)) for n, text in enumerate(HOSTILE)]
    command = [program("soffice"), f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"]
    command += ["--headless", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, str(written(events, "csv"))], check=True, capture_output=True, timeout=180
    )
    text = (tmp_path / "events.fods").read_text(encoding="utf-8")
    assert "table:formula" not in text
    assert "Izium" in text
