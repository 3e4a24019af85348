// hardware-table.ts — The arrays multipath-tools 0.9.4 knows, and what it sets for each. Facts of libmultipath/hwtable.c, as `multipath -t` prints them.
import type { DeviceEntry } from './config.ts';
import type { Settings, Value } from './settings.ts';

/** `VENDOR :: PRODUCT :: KEYWORD VALUE; KEYWORD VALUE; …` a line; vendor and product are regular expressions. */
const TABLE: string = String.raw`
NVM[eE] :: .* :: path_grouping_policy group_by_prio; uid_attribute ID_WWN; path_checker none; failback immediate
APPLE :: Xserve RAID :: path_grouping_policy multibus
3PARdata :: VV :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry 18; fast_io_fail_tmo 10; dev_loss_tmo infinity; vpd_vendor hp3par
NVME :: HPE Alletra :: no_path_retry queue
DEC :: HSG80 :: path_grouping_policy group_by_prio; path_checker hp_sw; hardware_handler 1 hp_sw; prio hp_sw; no_path_retry queue
HP :: A6189A :: path_grouping_policy multibus; no_path_retry 12
(COMPAQ|HP) :: (MSA|HSV)1[01]0 :: path_grouping_policy group_by_prio; path_checker hp_sw; hardware_handler 1 hp_sw; prio hp_sw; no_path_retry 12
(COMPAQ|HP) :: MSA VOLUME :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 12
(COMPAQ|HP) :: (HSV1[01]1|HSV2[01]0|HSV3[046]0|HSV4[05]0) :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 12
HP :: (MSA2[02]12fc|MSA2012i) :: path_grouping_policy multibus; no_path_retry 18
HP :: (MSA2012sa|MSA23(12|24)(fc|i|sa)|MSA2000s VOLUME) :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 18
(HP|HPE) :: MSA [12]0[456]0 (SAN|SAS|FC|iSCSI) :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 18
HP :: (HSVX700|HSVX740) :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry 12
HP :: LOGICAL VOLUME :: path_grouping_policy multibus; no_path_retry 12
HP :: (P2000 G3 FC|P2000G3 FC/iSCSI|P2000 G3 SAS|P2000 G3 iSCSI) :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 18
LEFTHAND :: (P4000|iSCSIDisk|FCDISK) :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 18
Nimble :: Server :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry queue
SGI :: TP9100 :: path_grouping_policy multibus
SGI :: TP9[3457]00 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
SGI :: IS :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
SGI :: ^DD[46]A- :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 30
DDN :: SAN DataDirector :: path_grouping_policy multibus
DDN :: ^EF3010 :: path_grouping_policy multibus; no_path_retry 30
DDN :: ^(EF3015|S2A|SFA) :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 30
NEXENTA :: COMSTAR :: path_grouping_policy group_by_serial; no_path_retry 30
TEGILE :: (ZEBI-(FC|ISCSI)|INTELLIFLASH) :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry 10
EMC :: SYMMETRIX :: path_grouping_policy multibus; no_path_retry 6
NVME :: EMC PowerMax :: no_path_retry queue
^DGC :: ^(RAID|DISK|VRAID) :: product_blacklist LUNZ; path_grouping_policy group_by_prio; path_checker emc_clariion; hardware_handler 1 emc; prio emc; failback immediate; no_path_retry 60; detect_checker no
EMC :: Invista :: product_blacklist LUNZ; path_grouping_policy multibus; no_path_retry 5
XtremIO :: XtremApp :: path_grouping_policy multibus
COMPELNT :: Compellent Vol :: path_grouping_policy group_by_prio; failback immediate; no_path_retry queue
DELL :: ^MD3 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
DellEMC :: PowerStore :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry 3; fast_io_fail_tmo 15
.* :: dellemc-powerstore :: no_path_retry 3
DellEMC :: ^ME :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate
FSC :: CentricStor :: path_grouping_policy group_by_serial
FUJITSU :: ETERNUS_DX(H|L|M|400|8000) :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 10
(EUROLOGC|EuroLogc) :: FC2502 :: path_grouping_policy multibus
FUJITSU :: E[234]000 :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 10
FUJITSU :: E[68]000 :: path_grouping_policy multibus; no_path_retry 10
FUJITSU :: ETERNUS_AHB :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
(HITACHI|HP|HPE) :: ^OPEN- :: path_grouping_policy multibus
HITACHI :: ^DF :: path_grouping_policy group_by_prio; prio hds; failback immediate; no_path_retry queue
HITACHI :: ^DF600F :: path_grouping_policy multibus
IBM :: ProFibre 4000R :: path_grouping_policy multibus
IBM :: ^1722-600 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^1724 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^1726 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^1742 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^1746 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^1813 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^1814 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^1815 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^1818 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^3526 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^(3542|3552) :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
IBM :: ^2105 :: path_grouping_policy multibus; no_path_retry queue
IBM :: ^1750500 :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry queue
IBM :: ^2107900 :: path_grouping_policy group_by_prio; failback immediate; no_path_retry queue
IBM :: ^2145 :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry queue
NVME :: IBM[ ]+2145 :: no_path_retry queue
IBM :: S/390 DASD ECKD :: product_blacklist S/390; path_grouping_policy multibus; uid_attribute ID_UID; path_checker directio; no_path_retry queue
IBM :: S/390 DASD FBA :: product_blacklist S/390; path_grouping_policy multibus; uid_attribute ID_UID; path_checker directio; no_path_retry queue
IBM :: ^IPR :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry queue
IBM :: 1820N00 :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry queue
(XIV|IBM) :: (NEXTRA|2810XIV) :: path_grouping_policy group_by_prio; failback 15; no_path_retry queue
(TMS|IBM) :: (RamSan|FlashSystem) :: path_grouping_policy multibus
NVMe :: FlashSystem :: no_path_retry fail
IBM :: ^(DCS9900|2851) :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 30
AIX :: VDASD :: path_grouping_policy multibus; no_path_retry 60
IBM :: 3303[ ]+NVDISK :: no_path_retry 60
AIX :: NVDISK :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry 60
LENOVO :: DE_Series :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
NETAPP :: LUN :: path_grouping_policy group_by_prio; features 2 pg_init_retries 50; prio ontap; failback immediate; no_path_retry queue; flush_on_last_del yes; dev_loss_tmo infinity; user_friendly_names no
(NETAPP|LSI|ENGENIO) :: INF-01-00 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
SolidFir :: SSD SAN :: path_grouping_policy multibus; no_path_retry 24
NVME :: ^NetApp ONTAP Controller :: no_path_retry queue
NEC :: DISK ARRAY :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate
^Pillar :: ^Axiom :: path_grouping_policy group_by_prio; prio alua; failback immediate
^Oracle :: ^Oracle FS :: path_grouping_policy group_by_prio; prio alua; failback immediate
STK :: BladeCtlr :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
STK :: OPENstorage :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
STK :: FLEXLINE 380 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
SUN :: StorEdge 3 :: path_grouping_policy multibus
SUN :: STK6580_6780 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
SUN :: CSM[12]00_R :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
SUN :: LCSM100_[IEFS] :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
SUN :: SUN_6180 :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
SUN :: ArrayStorage :: product_blacklist Universal Xport; path_grouping_policy group_by_prio; path_checker rdac; features 2 pg_init_retries 50; hardware_handler 1 rdac; prio rdac; failback immediate; no_path_retry 30
SUN :: (Sun Storage|ZFS Storage|COMSTAR) :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 30
PIVOT3 :: RAIGE VOLUME :: path_grouping_policy multibus; no_path_retry queue
(NexGen|Pivot3) :: (TierStore|vSTAC) :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry queue
(Intel|INTEL) :: Multi-Flex :: product_blacklist VTrak V-LUN; path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry queue
(LIO-ORG|SUSE) :: .* :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry 12
DataCore :: SANmelody :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry queue
DataCore :: Virtual Disk :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry queue
PURE :: FlashArray :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; fast_io_fail_tmo 10
NVME :: Pure Storage FlashArray :: no_path_retry 10
HUAWEI :: XSG1 :: path_grouping_policy group_by_prio; failback immediate; no_path_retry 15
NVM[eE] :: Huawei-XSG1 :: path_checker directio; no_path_retry 12
KOVE :: XPD :: path_grouping_policy multibus
NFINIDAT :: InfiniBox :: path_grouping_policy group_by_prio; path_selector round-robin 0; prio alua; failback 30; rr_weight priorities; no_path_retry fail; rr_min_io 1; rr_min_io_rq 1; flush_on_last_del yes; fast_io_fail_tmo 15; dev_loss_tmo 15
KMNRIO :: K2 :: path_grouping_policy multibus
NEXSAN :: NXS-B0 :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 15
NEXSAN :: SATAB :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 15
Nexsan :: (NestOS|NST5000) :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry 30
VIOLIN :: SAN ARRAY$ :: path_grouping_policy group_by_serial; no_path_retry 30
VIOLIN :: SAN ARRAY ALUA :: path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry 30
VIOLIN :: CONCERTO ARRAY :: path_grouping_policy multibus; no_path_retry 30
(XIOTECH|XIOtech) :: ISE :: path_grouping_policy multibus; no_path_retry 12
(XIOTECH|XIOtech) :: IGLU DISK :: path_grouping_policy multibus; no_path_retry 30
(XIOTECH|XIOtech) :: Magnitude :: path_grouping_policy multibus; no_path_retry 30
Vexata :: VX :: path_grouping_policy multibus; no_path_retry 30
Promise :: VTrak :: product_blacklist VTrak V-LUN; path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry 30
Promise :: Vess :: product_blacklist Vess V-LUN; path_grouping_policy group_by_prio; hardware_handler 1 alua; prio alua; failback immediate; no_path_retry 30
^IFT :: .* :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 30
DotHill :: SANnet :: path_grouping_policy multibus; no_path_retry 30
DotHill :: R/Evo :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 30
DotHill :: ^DH :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 30
AStor :: NeoSapphire :: path_grouping_policy multibus; no_path_retry 30
INSPUR :: MCS :: path_grouping_policy group_by_prio; prio alua; failback immediate
MacroSAN :: LU :: path_grouping_policy group_by_prio; prio alua; failback immediate; no_path_retry 30
`;

/** In the order of the table. All configurations share the entries, which nobody changes. */
export function builtInDevices(): readonly DeviceEntry[] {
  entries ??= TABLE.trim()
    .split('\n')
    .map((line) => ({ settings: parseLine(line), builtIn: true }));
  return entries;
}

let entries: readonly DeviceEntry[] | undefined;

function parseLine(line: string): Settings {
  const [vendor = '', product = '', settings = ''] = line.split(' :: ');
  const pairs = settings.split('; ').filter((pair) => pair !== '');
  return new Map<string, Value>([
    ['vendor', vendor],
    ['product', product],
    ...pairs.map((pair): [string, Value] => {
      const at = pair.indexOf(' ');
      return [pair.slice(0, at), valueOf(pair.slice(at + 1))];
    }),
  ]);
}

const valueOf = (text: string): Value => (/^-?\d+$/.test(text) ? Number(text) : text);
